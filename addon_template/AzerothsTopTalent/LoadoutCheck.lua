local _, addon = ...

local Staging, TalentTree, Matching = addon.Staging, addon.TalentTree, addon.Matching
local ImportExport, Readiness = addon.ImportExport, addon.Readiness

-- What keeps a request to apply a code from starting: {reason, details...}. Else nil, the live tree,
-- the wanted selection, and all purchases that go with it: of a build, with the player's other hero
-- tree; of former talents, with the one that they had.
---@param request LoadoutRequest
---@return table? problem
---@return TalentTree?
---@return Selection?
---@return Purchases?
function addon.CheckRequest(request)
    local reason, words = Readiness.Blocked()
    if reason then
        return { reason, words }
    elseif not Readiness.IsMaxLevel() then
        return { "BLOCKED_LEVEL", Readiness.MaxLevel(), Readiness.Level() }
    end
    local tree = TalentTree.Read()
    if not tree then
        return { "BLOCKED_NO_TALENTS" }
    end
    if Staging.HasChanges(tree.configID) then
        return { "FAILED_STAGED" }
    end
    local selection, purchases = ImportExport.Decode(request.code, tree)
    if not selection then
        return { purchases }
    elseif request.restores then
        return nil, tree, selection, purchases
    elseif Matching.Equal(Matching.Active(tree), selection) then
        return { "ALREADY_ACTIVE" }
    end
    return nil, tree, selection, Matching.WithOtherHero(tree, selection, Matching.Purchases(tree))
end
