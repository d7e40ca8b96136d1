"""Who may open the pages of one's own data, and the staff's pages about them."""

PARTICIPANTS = """\
GET  /personal/<member_id>/details                          303    404    404    200    404    303      -      -      -
POST /personal/<member_id>/details                          401    404    404    409    404    401      -      -      -
GET  /personal/data                                         303    200    200    200    200    303      -      -      -
GET  /personal/data.json                                    303    200    200    200    200    303      -      -      -
POST /personal/data/erasure                                 401    303    303    303    303    401      -      -      -
POST /personal/data/erasure/withdrawal                      401    303    303    303    303    401      -      -      -
GET  /personal/link                                         200    200    200    200    200    200      -      -      -
POST /personal/link                                         303    303    303    303    303    303      -      -      -
GET  /personal/<member_id>/meetings/<meeting_id>/substitute 303    404    404    200    404    303      -      -      -
POST /personal/<member_id>/meetings/<meeting_id>/substitute 401    404    404    422    404    401      -      -      -
POST /personal/<member_id>/substitutes/<substitute_id>/withdrawal 401 404 404    303    404    401      -      -      -
POST /teams/<team_id>/substitutes/<substitute_id>/<verdict> 401    303    404    401    303    401      -      -      -
GET  /staff/erasures                                        303    403    403    303    200    303      -      -      -
POST /staff/erasures/<request_id>/answer                    401    403    403    401    422    401      -      -      -
"""
