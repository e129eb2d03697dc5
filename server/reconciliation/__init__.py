"""The Reconciliation Service API 0.2 (W3C community group), as OpenRefine and other clients speak it.

routes     what is asked for and sent            manifest   what the service says of itself
batches    the questions of a batch, checked     answering  candidates for them, with scores
values     property values, and how alike they are to what somebody gives
extension  property values for a spreadsheet     suggesting what begins so, and flyouts
"""
