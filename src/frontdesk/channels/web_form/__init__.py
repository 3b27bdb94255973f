"""The web form and the API's ticket intake."""
