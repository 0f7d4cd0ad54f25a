"""Replacing a method of moto by one that looks first: every change of the fake cloud runs under one lock."""

import functools
import inspect
import threading

LOCK = threading.RLock()


def around(owner, name):
    """
    Replace `owner.name` by the decorated function. It gets the object, `proceed`, which runs the original with the same
    arguments, and those arguments by name, however the caller gave them.
    """

    def decorate(function):
        original = getattr(owner, name)
        signature = inspect.signature(original)

        @functools.wraps(original)
        def method(self, *args, **kwargs):
            bound = signature.bind(self, *args, **kwargs)
            bound.apply_defaults()
            named = dict(list(bound.arguments.items())[1:])
            for parameter in signature.parameters.values():
                if parameter.kind is inspect.Parameter.VAR_KEYWORD:
                    named.update(named.pop(parameter.name))
            with LOCK:
                return function(self, lambda: original(self, *args, **kwargs), **named)

        setattr(owner, name, method)
        return function

    return decorate
