"""Strings of other packages that we show and translate ourselves, so that extraction finds them.

Our catalogue is read before theirs. A string is here because its own translation is missing, has
an error, or says the thing otherwise than the rest of the site.
"""

from django.utils.translation import gettext_noop as _

STRINGS = (
    # Django: Finnish would have to inflect the name, so the sentence is turned; units of files
    _("Add %s"),
    _("Change %s"),
    _("View %s"),
    _("View on site"),
    _("After you’ve created a user, you’ll be able to edit more user options."),
    _("%s KB"),
    _("%s MB"),
    # django-allauth: errors and notices that forms show
    _("A user is already registered with this email address."),
    _("Be patient, you are sending too many requests."),
    _("Email"),
    _("Email address"),
    _("Password successfully changed."),
    _("Please type your current password."),
    _("The email address and/or password you specified are not correct."),
    _("The email address is not assigned to any user account."),
    _("The password reset token was invalid."),
    _("Too many failed login attempts. Try again later."),
    _("You must type the same password each time."),
)
