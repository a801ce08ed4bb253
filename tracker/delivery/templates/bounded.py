"""The sandbox that an agency's own templates run in: what they do is safe, and it ends.

Jinja's own sandbox bounds one `range`, not loops within loops, and a macro may call itself twice. So each round of
a loop, each call and each template that is fetched is a step, and a message has so many steps and no more.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from jinja2 import Template, nodes, pass_context
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

MOST_STEPS = 20_000
"""The longest message of the shipped templates takes a few hundred; so many end within about a second."""
_COUNTED = "counted"

_left: ContextVar[Iterator[int] | None] = ContextVar("steps left to the message that is being made", default=None)


class TooManyStepsError(Exception):
    """A template goes on and on."""


@contextmanager
def bounded() -> Iterator[None]:
    """Make room for one message: within, more than MOST_STEPS raise TooManyStepsError."""
    token = _left.set(iter(range(MOST_STEPS)))
    try:
        yield
    finally:
        _left.reset(token)


def _step() -> None:
    left = _left.get()
    if left is not None and next(left, None) is None:
        raise TooManyStepsError(MOST_STEPS)


@pass_context  # so that Jinja does not try it on constants when it compiles
def _counted(_: Context, items: Iterable[Any]) -> Iterator[Any]:
    for item in items:
        _step()
        yield item


class _CountingLoops(CodeGenerator):
    """Puts the filter `counted` on what each loop goes over; a loop that calls itself is refused when it runs."""

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802
        for loop in node.find_all(nodes.For):
            loop.iter = nodes.Filter(loop.iter, _COUNTED, [], [], None, None, lineno=loop.lineno)
            loop.iter.set_environment(self.environment)
            loop.recursive = False
        super().visit_Template(node, frame)


class BoundedEnvironment(ImmutableSandboxedEnvironment):
    """A sandbox in which every message is made within `bounded`."""

    code_generator_class = _CountingLoops
    intercepted_binops = frozenset({"*", "**"})

    def __init__(self, **options: Any) -> None:
        """Take the options of any environment."""
        super().__init__(**options)
        self.filters[_COUNTED] = _counted
        del self.globals["lipsum"]  # as many words as it is asked for, in one step

    def call(__self, __context: Context, __obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: N805, PYI063 (as Jinja spells it)
        """Call what a template calls, as one step."""
        _step()
        return super().call(__context, __obj, *args, **kwargs)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Multiply what stays small: `"-" * 40`, and no power of a power."""
        sizes = [abs(side) if isinstance(side, int | float) else len(side) for side in (left, right)]
        if operator == "**" or sizes[0] * sizes[1] > MOST_STEPS:
            raise TooManyStepsError(MOST_STEPS)
        return super().call_binop(context, operator, left, right)

    def get_template(self, *args: Any, **kwargs: Any) -> Template:
        """Return a template, as one step: one that includes itself twice has no loop."""
        _step()
        return super().get_template(*args, **kwargs)

    def select_template(self, *args: Any, **kwargs: Any) -> Template:
        """Return the first template that there is, as one step."""
        _step()
        return super().select_template(*args, **kwargs)
