"""Who may open the pages of campaigns: rows of the table of all routes."""

STAFF_GET = "303 403 403 303 200 303 - - -"
CAMPAIGNS = (
    "".join(
        f"GET {path} {STAFF_GET}\n"
        for path in (
            "/staff/campaigns",
            "/staff/campaigns/<campaign_id>",
            "/staff/campaigns/<campaign_id>/letter.html",
            "/staff/campaigns/<campaign_id>/confirmation",
            "/staff/campaigns/<campaign_id>/progress",
            "/staff/suppressions",
        )
    )
    + """\
POST /staff/campaigns                                      401 403 403 401 422 401 - - -
POST /staff/campaigns/<campaign_id>/letter                 401 403 403 401 422 401 - - -
POST /staff/campaigns/<campaign_id>/districts              401 403 403 401 422 401 - - -
POST /staff/campaigns/<campaign_id>/contacts               401 403 403 401 422 401 - - -
POST /staff/campaigns/<campaign_id>/emptying               401 403 403 401 303 401 - - -
POST /staff/campaigns/<campaign_id>/test                   401 403 403 401 303 401 - - -
POST /staff/campaigns/<campaign_id>/sending                401 403 403 401 409 401 - - -
POST /staff/campaigns/<campaign_id>/pause                  401 403 403 401 303 401 - - -
POST /staff/campaigns/<campaign_id>/resumption             401 403 403 401 303 401 - - -
POST /staff/campaigns/<campaign_id>/reminder               401 403 403 401 303 401 - - -
POST /staff/suppressions                                   401 403 403 401 303 401 - - -
POST /staff/suppressions/returned                          401 403 403 401 422 401 - - -
POST /staff/suppressions/<suppression_id>/removal          401 403 403 401 303 401 - - -
GET  /invitations/<secret>                                 200 200 200 200 200 200 410 410 410
POST /invitations/<secret>                                 422 422 422 422 422 422 410 410 410
GET  /unsubscribe/<secret>                                 200 200 200 200 200 200 410 410 410
POST /unsubscribe/<secret>                                 422 422 422 422 422 422 410 410 410
"""
)
