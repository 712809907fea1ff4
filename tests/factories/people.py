"""Users and contacts."""

import factory

from climateportal.models import User
from projects.enums import ContactKind
from projects.models import Contact, ProjectContact
from tests.factories.places import OrganisationFactory


class UserFactory(factory.django.DjangoModelFactory):
    """An editor; `superuser=True` makes a portal administrator. The password is `salasana`."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    class Params:
        superuser = factory.Trait(is_superuser=True, is_staff=True)

    email = factory.Sequence(lambda n: f"muokkaaja{n}@example.fi")
    is_staff = True
    password = factory.django.Password("salasana")


class ContactFactory(factory.django.DjangoModelFactory):
    """A person."""

    class Meta:
        model = Contact

    kind = ContactKind.PERSON
    name = factory.Sequence(lambda n: f"Henkilö Esimerkki{n}")
    title_fi = "Ilmastoasiantuntija"
    organisation = factory.SubFactory(OrganisationFactory)
    email = factory.Sequence(lambda n: f"henkilo{n}@example.fi")


class ProjectContactFactory(factory.django.DjangoModelFactory):
    """A contact of a project; give `project=`."""

    class Meta:
        model = ProjectContact

    contact = factory.SubFactory(ContactFactory)
