"""The Flask extensions, bare; the factory binds them to the app."""

from pathlib import Path

from flask_mail import Mail
from flask_migrate import Migrate
from flask_wtf import CSRFProtect

csrf = CSRFProtect()
mail = Mail()
migrate = Migrate(directory=str(Path(__file__).parent.parent / "migrations"), render_as_batch=True)
