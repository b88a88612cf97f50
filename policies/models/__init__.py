"""The knowledge base's tables, one concept a file."""

from policies.models.action import Action
from policies.models.agency import Agency, AgencyName
from policies.models.api_key import ApiKey
from policies.models.change import Change
from policies.models.doubt import Doubt
from policies.models.edition import ClauseEdition, Edition
from policies.models.extracted import Review, Reviewed
from policies.models.history import PolicyTopic
from policies.models.issue import ContentsEntry, Issue
from policies.models.obligation import Obligation
from policies.models.observation import Observation
from policies.models.policy import Issuer, Policy
from policies.models.printed import Printed
from policies.models.problem import Problem
from policies.models.provision import Provision
from policies.models.public_change import PublicChange
from policies.models.publication import State
from policies.models.reference import Reference
from policies.models.region import Region
from policies.models.request_count import RequestCount
from policies.models.responsibility import Responsibility, ResponsibleAgency
from policies.models.source import Source
from policies.models.succession import Succession
from policies.models.table import Figure, Table
from policies.models.target import Target
from policies.models.topic import Topic

__all__ = [
    "Action",
    "Agency",
    "AgencyName",
    "ApiKey",
    "Change",
    "ClauseEdition",
    "ContentsEntry",
    "Doubt",
    "Edition",
    "Figure",
    "Issue",
    "Issuer",
    "Obligation",
    "Observation",
    "Policy",
    "PolicyTopic",
    "Printed",
    "Problem",
    "Provision",
    "PublicChange",
    "Reference",
    "Region",
    "RequestCount",
    "Responsibility",
    "ResponsibleAgency",
    "Review",
    "Reviewed",
    "Source",
    "State",
    "Succession",
    "Table",
    "Target",
    "Topic",
]
