"""Organisations and people of a plan: found among those that are here, or added."""

from django.db.models import Q

from climateportal.translated import LANGUAGES
from municipalities.models import Organisation
from projects import actions
from projects.enums import ContactKind
from projects.kausal.mapping import shortened
from projects.kausal.records import Records
from projects.kausal.shapes import Named, Person
from projects.models import Contact


def organisation(records: Records, named: Named) -> Organisation:
    """The organisation: taken over before, of the same name in any language, or a new one."""
    found = records.find("organisation", named.identifier, Organisation)
    if found is None:
        name = shortened(named.name, 160)
        same = Q()
        for language in LANGUAGES:
            same |= Q(**{f"name_{language}__iexact": name})
        found = Organisation.objects.filter(same).order_by("pk").first()
        if found is None:
            found = Organisation(name_fi=name)
            records.store(found)
        records.remember("organisation", named.identifier, found, {})
    return found


def contact(records: Records, person: Person, language: str) -> Contact:
    """The person: taken over before, the same name in the same organisation, or a new one.

    Kausal Watch publishes no e-mail addresses: they are added by hand.
    """
    found = records.find("person", person.identifier, Contact)
    name = shortened(person.name, 120)
    employer = organisation(records, person.organisation) if person.organisation else None
    if found is None:
        people = Contact.objects.filter(kind=ContactKind.PERSON, organisation=employer)
        found = people.filter(name__iexact=name).order_by("pk").first()
    title = f"title_{language}"
    values = {"name": name, title: shortened(person.title, 120)}
    row = found or Contact(kind=ContactKind.PERSON, organisation=employer)
    take, _kept = records.difference("person", person.identifier, row, values)
    if take:
        for column, value in take.items():
            setattr(row, column, value)
        records.store(row)
        actions.refresh_projects_of(contact=row)
    records.remember("person", person.identifier, row, values)
    return row
