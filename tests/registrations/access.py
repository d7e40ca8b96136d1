"""Who may open the pages on which staff word the letters: rows of tests/test_access.py's table."""

LETTERS = """\
GET  /staff/series/<series_id>/letters                      303    403    403    303    200    303      -      -      -
GET  /staff/series/<series_id>/letters/<letter>             303    403    403    303    200    303      -      -      -
POST /staff/series/<series_id>/letters/<letter>             401    403    403    401    422    401      -      -      -
POST /staff/series/<series_id>/letters/<letter>/original    401    403    403    401    303    401      -      -      -
"""
