local _, addon = ...

local Staging, TalentTree, Matching = addon.Staging, addon.TalentTree, addon.Matching
local ImportExport, Readiness = addon.ImportExport, addon.Readiness

-- What keeps a request to apply a code from starting: {reason, details...}. Else nil, the live tree
-- and the wanted selection.
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
    local selection, problem = ImportExport.Decode(request.code, tree)
    if not selection then
        return { problem }
    elseif not request.restores and Matching.Equal(Matching.Active(tree), selection) then
        return { "ALREADY_ACTIVE" }
    end
    return nil, tree, selection
end
