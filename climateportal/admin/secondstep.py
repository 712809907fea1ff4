"""An administrator takes away the lost second step of a colleague's log-in."""

from typing import Any

from allauth.account.decorators import reauthentication_required
from allauth.mfa.models import Authenticator
from django.contrib import admin, messages
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from climateportal import secondstep
from climateportal.models import User


class TakesSecondStepAway:
    """Mix in before `PortalAdmin`: who has a second step, and the page that takes it away."""

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(self.second_step_view)
        return [
            path("<int:pk>/second-step/", view, name="climateportal_user_second_step"),
            *super().get_urls(),
        ]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        steps = Authenticator.objects.filter(user=OuterRef("pk"), type__in=secondstep.STEPS)
        return super().get_queryset(request).annotate(has_step=Exists(steps))

    @admin.display(description=_("two-step log-in"), boolean=True, ordering="has_step")
    def two_steps(self, obj: User) -> bool:
        return obj.has_step

    @method_decorator(reauthentication_required(app="allauth.mfa"))
    def second_step_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Asks first: whoever lets a stranger talk them into this has opened the account."""
        user = self.get_object(request, str(pk))
        if user is None or not self.has_change_permission(request, user):
            return self._get_obj_does_not_exist_redirect(request, self.opts, str(pk))
        if user == request.user:
            return redirect("mfa_index")
        if request.method == "POST":
            secondstep.take_away(user=user, by=request.user)
            self.log_change(request, user, _now("Took away the second step of the log-in."))
            messages.success(request, _now("The second step was taken away. A letter tells of it."))
            return redirect("admin:climateportal_user_change", user.pk)
        context = {
            **self.admin_site.each_context(request),
            "title": _now("Take away the second step"),
            "original": user,
            "opts": self.opts,
        }
        return TemplateResponse(request, "admin/climateportal/user/take_step_away.html", context)
