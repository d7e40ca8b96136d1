"""The Flask extensions, bare; the factory binds them to the app."""

from flask_mail import Mail
from flask_wtf import CSRFProtect

csrf = CSRFProtect()
mail = Mail()
