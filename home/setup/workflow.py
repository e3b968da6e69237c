"""The workflow of practices: review by an expert if the secretariat asks for it, then by the secretariat."""

from wagtail.models import (
    AbstractGroupApprovalTask,
    GroupApprovalTask,
    Page,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from accounts.models import ExpertReview, Role, SecretariatReview
from accounts.roles import CODES, REVIEWERS, SECRETARIAT
from home.setup.tree import Tree

# In both languages, for Wagtail keeps only one name; home.bilingual shows the reader's half.
REVIEW = "Practice review · Проверка практики"
STEPS: tuple[tuple[type[AbstractGroupApprovalTask], str, str], ...] = (
    (ExpertReview, "Expert · Эксперт", REVIEWERS),
    (SecretariatReview, "Secretariat · Секретариат", SECRETARIAT),
)
WAGTAILS_OWN = "Moderators approval"


def build_workflow(tree: Tree) -> None:
    """Create the workflow and assign it to the practice indexes that have none. Needs the groups."""
    _remove_wagtails_own()
    workflow = Workflow.objects.filter(name=REVIEW).first() or Workflow.objects.create(name=REVIEW)
    for position, (model, name, group) in enumerate(STEPS):
        step = model.objects.filter(name=name).first() or model.objects.create(name=name)
        step.groups.add(Role.objects.group(CODES[group], group))
        place = {"sort_order": position}
        WorkflowTask.objects.get_or_create(workflow=workflow, task_id=step.pk, defaults=place)
    for page in tree.practices.values():
        WorkflowPage.objects.get_or_create(page_id=page.pk, defaults={"workflow": workflow})


def _remove_wagtails_own() -> None:
    """Remove Wagtail's default workflow for all pages, whose group of moderators no longer exists."""
    root = Page.get_first_root_node()
    WorkflowPage.objects.filter(page=root, workflow__name=WAGTAILS_OWN).delete()
    Workflow.objects.filter(name=WAGTAILS_OWN, workflow_states__isnull=True).delete()
    unused = GroupApprovalTask.objects.filter(name=WAGTAILS_OWN, task_states__isnull=True)
    unused.exclude(pk__in=WorkflowTask.objects.values("task_id")).delete()
