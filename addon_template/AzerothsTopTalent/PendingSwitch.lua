-- A reload or a lost connection can fall into the middle of a cast, and the addon's memory with it.
-- What was going on is noted while it lasts and brought to its end at the next login.
local _, addon = ...

local Game = addon.Game
local FormerLoadout, ImportExport, Matching = addon.FormerLoadout, addon.ImportExport, addon.Matching
local Staging, TalentTree = addon.Staging, addon.TalentTree

local PendingSwitch = {}
addon.PendingSwitch = PendingSwitch

local COMMIT_SPELL_ID = 384255 -- Constants.TraitConsts.COMMIT_COMBAT_TRAIT_CONFIG_CHANGES_SPELL_ID
local LOOK_AGAIN = 1 -- seconds

function PendingSwitch.Begin(specID, code, former, restores)
    addon.char.pending = { specID = specID, code = code, former = former, restores = restores }
end

function PendingSwitch.End()
    addon.char.pending = nil
end

-- True while the player casts a change of talents.
function PendingSwitch.IsCasting()
    local _, _, _, _, _, _, _, _, spellID = Game.UnitCastingInfo("player")
    return spellID == COMMIT_SPELL_ID
end

local function Recover()
    local pending = addon.char.pending
    local tree = pending and TalentTree.Read()
    if not pending or addon.LoadoutManager.IsBusy() then
        return
    elseif not tree or PendingSwitch.IsCasting() then
        C_Timer.After(LOOK_AGAIN, Recover)
        return
    end
    PendingSwitch.End()
    if tree.specID ~= pending.specID then
        return
    end
    local selection = ImportExport.Decode(pending.code, tree)
    if Staging.HasChanges(tree.configID) then
        Staging.Rollback(tree.configID) -- left behind by the broken switch
    elseif selection and Matching.Equal(Matching.Active(tree), selection) then
        FormerLoadout.Record(tree.specID, selection, pending.former, pending.restores)
    end
end

addon.On("PLAYER_LOGIN", function()
    if addon.char.pending then
        C_Timer.After(LOOK_AGAIN, Recover)
    end
end)
