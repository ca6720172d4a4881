-- Keeps the player's own active talents of each spec as the import code that the game would write,
-- both hero trees and the tree's hash, for the desktop app to show beside the builds.
-- AzerothsTopTalentCharDB.talents[specID] = {code, time, name, realm}.
local _, addon = ...

local Game = addon.Game
local ImportExport, Matching, TalentTree = addon.ImportExport, addon.Matching, addon.TalentTree

local SETTLE = 1 -- seconds: changes come in bursts

local due = false

local function Store()
    due = false
    local tree = TalentTree.Read()
    if not tree or addon.Staging.HasChanges(tree.configID) then
        return
    end
    local purchases = Matching.Purchases(tree)
    if not next(purchases) then
        return
    end
    addon.char.talents[tree.specID] = {
        code = ImportExport.Encode(tree, purchases, tree.hash),
        time = GetServerTime(),
        name = Game.UnitName("player"),
        realm = Game.GetRealmName(),
    }
end

local function StoreSoon()
    if not due then
        due = true
        C_Timer.After(SETTLE, Store)
    end
end

for _, event in ipairs({ "PLAYER_LOGIN", "ACTIVE_PLAYER_SPECIALIZATION_CHANGED", "TRAIT_CONFIG_UPDATED" }) do
    addon.On(event, StoreSoon)
end
