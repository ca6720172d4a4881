-- The player's own talents from before the addon changed them, both hero trees, so that they can come
-- back.
local _, addon = ...

local ClassTalents = addon.Game.ClassTalents
local ImportExport, Matching, TalentTree = addon.ImportExport, addon.Matching, addon.TalentTree
local LoadoutSlot = addon.LoadoutSlot

local FormerLoadout = {}
addon.FormerLoadout = FormerLoadout

---@class Former
---@field code string both hero trees
---@field time integer
---@field configID integer? the player's loadout that was selected
---@field starter boolean? the game's starter build was active

-- True if the active talents are what the addon made of them.
---@param tree TalentTree
---@return boolean
function FormerLoadout.IsOurs(tree)
    return ImportExport.Encode(tree, Matching.Active(tree)) == addon.char.applied[tree.specID]
end

-- What to remember when the active talents are about to change; nil if they are the addon's work
-- already, or empty.
---@param tree TalentTree
---@return Former?
function FormerLoadout.Capture(tree)
    if not next(Matching.Active(tree)) or FormerLoadout.IsOurs(tree) then
        return nil
    end
    local selected = LoadoutSlot.Selected(tree.specID)
    if selected == LoadoutSlot.Find(tree.specID) then
        selected = nil
    end
    return {
        code = ImportExport.Encode(tree, Matching.Purchases(tree)),
        time = GetServerTime(),
        configID = selected,
        starter = ClassTalents.GetStarterBuildActive() == true or nil,
    }
end

---@param specID integer?
---@return Former?
function FormerLoadout.Get(specID)
    local former = specID and addon.char.former[specID]
    return former and type(former.code) == "string" and former or nil
end

-- The switch of a spec has succeeded: what was before it, and what the addon made of it.
function FormerLoadout.Record(specID, selection, former, restores)
    if restores then
        addon.char.former[specID] = nil
        addon.char.applied[specID] = nil
    else
        addon.char.former[specID] = former or addon.char.former[specID]
        -- Written from the tree as it is now: only a chosen hero tree surely shows its own nodes.
        addon.char.applied[specID] = ImportExport.Encode(TalentTree.Read(), selection)
    end
end

-- The player's saved loadout that still holds the remembered talents, nil if it was deleted or
-- changed since: then the remembered code is the truth.
function FormerLoadout.SavedLoadout(tree, former, selection)
    local configID = former.configID
    if not LoadoutSlot.Exists(tree.specID, configID) then
        return nil
    end
    local saved = TalentTree.Read(configID)
    if saved and Matching.Equal(Matching.Active(saved), selection) then
        return configID
    end
    return nil
end
