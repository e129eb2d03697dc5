"""/quality: what FOOPS!, OOPS!, F-UJI and linked data ask of such a site, computed from what is served now.

None of it is the score that those tools would give: they would ask from outside.
"""
