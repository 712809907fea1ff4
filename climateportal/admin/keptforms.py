"""What an editor typed and could not save: kept until it is saved or a day has passed.

When a session has ended, or a new log-in has made the form's CSRF token void, the form is stored
under a one-time key and shown again to the same user. Nothing is saved without that user's click.
"""

from secrets import token_urlsafe

from django.http import HttpRequest, QueryDict
from django.urls import NoReverseMatch, reverse

from climateportal.admin.staleness import TOKEN, Loaded, read_token
from climateportal.models import KeptForm, User

PARAMETER = "kept"  # in the address of the form
LONGEST = 5 * 1024 * 1024  # characters of one form
MOST = 20  # forms of one user
SECRET = ("csrfmiddlewaretoken", "password")


def address_of(loaded: Loaded) -> str:
    """The address of the form that a token is of; empty when there is none."""
    label, _colon, pk = loaded.form.partition(":")
    name = f"admin:{label.replace('.', '_')}_{'change' if pk else 'add'}"
    try:
        return reverse(name, args=[pk] if pk else [])
    except NoReverseMatch:
        return ""


def keep(request: HttpRequest) -> tuple[int, str] | None:
    """Store the form that was sent. Returns whose it is and where it goes on, or None.

    Only a form that was made here for a user can be kept, and only for that user: its token is
    signed. Passwords and files are not kept.
    """
    loaded = read_token(request.POST.get(TOKEN, ""))
    if loaded is None or request.path != address_of(loaded):
        return None
    user = User.objects.filter(pk=loaded.user, is_active=True).first()
    sent = request.POST.copy()
    for name in [name for name in sent if any(secret in name for secret in SECRET)]:
        del sent[name]
    text = sent.urlencode()
    if user is None or len(text) > LONGEST:
        return None
    KeptForm.objects.purge()
    row = KeptForm.objects.create(
        key=token_urlsafe(32),
        user=user,
        address=request.path,
        sent=text,
        had_files=bool(request.FILES),
    )
    older = KeptForm.objects.filter(user=user).order_by("-at", "-pk").values_list("pk", flat=True)
    KeptForm.objects.filter(pk__in=list(older[MOST:])).delete()
    query = request.GET.copy()
    query[PARAMETER] = row.key
    return user.pk, f"{request.path}?{query.urlencode()}"


def kept(request: HttpRequest) -> tuple[QueryDict, bool] | None:
    """What was kept of this form for this user, and whether it had files; None for nothing."""
    key = request.GET.get(PARAMETER, "")
    if not key or not request.user.is_authenticated:
        return None
    row = KeptForm.objects.fresh().filter(key=key, user=request.user, address=request.path).first()
    return (QueryDict(row.sent, mutable=True), row.had_files) if row else None


def forget(request: HttpRequest) -> None:
    """Once saved, what was kept is not needed."""
    if key := request.GET.get(PARAMETER, ""):
        KeptForm.objects.filter(key=key, user=request.user).delete()
