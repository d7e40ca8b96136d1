"""Who may open the staff's pages of a series: rows of the table in tests/test_access.py."""

SERIES = """\
GET  /staff/series                                          303    403    403    303    200    303      -      -      -
GET  /staff/series/<series_id>                              303    403    403    303    200    303      -      -      -
POST /staff/series/<series_id>/publication                  401    403    403    401    303    401      -      -      -
GET  /staff/series/<series_id>/texts                        303    403    403    303    200    303      -      -      -
POST /staff/series/<series_id>/texts                        401    403    403    401    422    401      -      -      -
GET  /staff/series/<series_id>/sessions/new                 303    403    403    303    200    303      -      -      -
POST /staff/series/<series_id>/sessions                     401    403    403    401    422    401      -      -      -
GET  /staff/series/<series_id>/sessions/<session_id>        303    403    403    303    200    303      -      -      -
POST /staff/series/<series_id>/sessions/<session_id>        401    403    403    401    422    401      -      -      -
POST /staff/series/<series_id>/sessions/<session_id>/removal 401   403    403    401    422    401      -      -      -
GET  /staff/series/<series_id>/cohorts/new                  303    403    403    303    200    303      -      -      -
POST /staff/series/<series_id>/cohorts                      401    403    403    401    422    401      -      -      -
GET  /staff/series/<series_id>/cohorts/<cohort_id>          303    403    403    303    200    303      -      -      -
POST /staff/series/<series_id>/cohorts/<cohort_id>          401    403    403    401    409    401      -      -      -
POST /staff/series/<series_id>/cohorts/<cohort_id>/<way>    401    403    403    401    303    401      -      -      -
POST /staff/series/<series_id>/cohorts/<cohort_id>/removal  401    403    403    401    422    401      -      -      -
GET  /staff/series/<series_id>/copy                         303    403    403    303    200    303      -      -      -
POST /staff/series/<series_id>/copies                       401    403    403    401    422    401      -      -      -
GET  /staff/series/<series_id>/terms                        303    403    403    303    200    303      -      -      -
POST /staff/series/<series_id>/terms                        401    403    403    401    422    401      -      -      -
GET  /staff/series/<series_id>/rules/new                    303    403    403    303    200    303      -      -      -
POST /staff/series/<series_id>/rules                        401    403    403    401    422    401      -      -      -
GET  /staff/series/<series_id>/rules/<rule_id>              303    403    403    303    200    303      -      -      -
POST /staff/series/<series_id>/rules/<rule_id>              401    403    403    401    422    401      -      -      -
POST /staff/series/<series_id>/rules/<rule_id>/<way>        401    403    403    401    303    401      -      -      -
POST /staff/series/<series_id>/rules/<rule_id>/removal      401    403    403    401    303    401      -      -      -
GET  /staff/reminders                                       303    403    403    303    303    303      -      -      -
GET  /staff/series/<series_id>/reminders                    303    403    403    303    200    303      -      -      -
POST /staff/series/<series_id>/reminders                    401    403    403    401    422    401      -      -      -
GET  /staff/series/<series_id>/teams-back                   303    403    403    303    200    303      -      -      -
POST /staff/series/<series_id>/teams-back                   401    403    403    401    422    401      -      -      -
GET  /teams/back/<secret>                                   200    200    200    200    200    200    410    410    410
POST /teams/back/<secret>                                   422    422    422    422    422    422    410    410    410
"""
