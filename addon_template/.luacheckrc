-- luacheck for the addon: the game's Lua 5.1, and exactly the parts of the game that it uses.
-- Run it from this folder: luacheck --config .luacheckrc AzerothsTopTalent
std = "lua51"
max_line_length = 120
exclude_files = { "AzerothsTopTalent/TalentData.lua" } -- generated

-- What the addon itself puts into the game's global space.
globals = {
    "AzerothsTopTalentDB", "AzerothsTopTalentCharDB",
    "SLASH_AZEROTHSTOPTALENT1", "SlashCmdList",
    "BINDING_HEADER_AZEROTHSTOPTALENT", "BINDING_NAME_AZEROTHSTOPTALENT_FIRST",
    "BINDING_NAME_AZEROTHSTOPTALENT_SECOND", "BINDING_NAME_AZEROTHSTOPTALENT_ASK",
    "AzerothsTopTalent_OnBinding", "AzerothsTopTalent_OnCompartmentClick",
    "AzerothsTopTalent_OnCompartmentEnter", "AzerothsTopTalent_OnCompartmentLeave",
}

-- All else of the game is asked for by its name, through addon.Ask and addon.Global.
read_globals = {
    -- client
    "securecallfunction", "CreateFrame", "GetTime", "GetServerTime", "C_Timer",
    -- default interface
    "GameTooltip", "MenuUtil", "Settings", "UIParent",
}

files["AzerothsTopTalent/Locales"] = { max_line_length = false } -- sentences
