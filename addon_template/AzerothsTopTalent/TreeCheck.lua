-- Whether the builds were made for the talents that the game has now: their tree's hash against the
-- game's. Said once a session and spec.
local _, addon = ...

local TalentTree = addon.TalentTree

local TreeCheck = {}
addon.TreeCheck = TreeCheck

local SETTLE = 3 -- seconds after a login or a change of spec until the talents are right

-- True if the builds of the spec are for another tree; false also where either hash is unknown.
---@param tree TalentTree
---@return boolean
function TreeCheck.IsOther(tree)
    local hashes = addon.TreeHashes
    local made = type(hashes) == "table" and hashes[tree.specID]
    return type(made) == "string" and tree.hash ~= nil and made:lower() ~= tree.hash
end

local function Check()
    local tree = TalentTree.Read()
    if tree and TreeCheck.IsOther(tree) then
        addon.Fire("BUILD_MISFITS", tree.specID)
    end
end

for _, event in ipairs({ "PLAYER_LOGIN", "ACTIVE_PLAYER_SPECIALIZATION_CHANGED" }) do
    addon.On(event, function()
        C_Timer.After(SETTLE, Check)
    end)
end
