"""Loading a ``TalentData.lua`` in the Lua that the game has."""

from __future__ import annotations

from typing import Any

from lupa.lua51 import LuaRuntime


def load_talent_data(source: bytes) -> dict[Any, Any]:
    """The fields of the addon table after loading ``source``; strings are bytes.

    The chunk gets nothing but its two arguments: a global read or written is an error.
    """
    lua = LuaRuntime(encoding=None, register_eval=False, unpack_returned_tuples=True)
    run = lua.execute(
        b"""
        return function(source)
            local chunk = assert(loadstring(source, "=TalentData.lua"))
            local function no() error("a global is used", 2) end
            setfenv(chunk, setmetatable({}, { __index = no, __newindex = no }))
            local addon = {}
            chunk("AzerothsTopTalent", addon)
            return addon
        end
        """
    )
    return {key: _plain(value) for key, value in run(source).items()}


def _plain(value: Any) -> Any:
    if hasattr(value, "items"):
        return {key: _plain(inner) for key, inner in value.items()}
    return value
