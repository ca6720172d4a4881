-- A reload or a lost connection can fall into the middle of a cast, and the addon's memory with it.
-- What was going on is noted while it lasts and brought to its end at the next login.
local _, addon = ...

local Game = addon.Game
local FormerLoadout, ImportExport, Matching = addon.FormerLoadout, addon.ImportExport, addon.Matching
local LoadoutSlot, Staging, TalentTree = addon.LoadoutSlot, addon.Staging, addon.TalentTree

local PendingSwitch = {}
addon.PendingSwitch = PendingSwitch

local COMMIT_SPELL_ID = 384255 -- Constants.TraitConsts.COMMIT_COMBAT_TRAIT_CONFIG_CHANGES_SPELL_ID
local LOOK_AGAIN = 1 -- seconds
local LOOKS = 2 -- more, for talents that come after the end of their cast

---@param job LoadoutJob
function PendingSwitch.Begin(job)
    addon.char.pending = {
        specID = job.specID, code = job.request.code, former = job.former, restores = job.request.restores,
        selectedID = job.selectedID, createdID = job.createdID,
    }
end

function PendingSwitch.End()
    addon.char.pending = nil
end

-- True while the player casts a change of talents.
function PendingSwitch.IsCasting()
    local _, _, _, _, _, _, _, _, spellID = Game.UnitCastingInfo("player")
    return spellID == COMMIT_SPELL_ID
end

local RecoverSoon

local function Recover(looks)
    local pending = addon.char.pending
    local tree = pending and TalentTree.Read()
    if not pending or addon.LoadoutManager.IsBusy() then
        return
    elseif not tree or PendingSwitch.IsCasting() then
        return RecoverSoon(looks)
    elseif tree.specID ~= pending.specID then
        return PendingSwitch.End()
    end
    local selection = ImportExport.Decode(pending.code, tree)
    local there = selection and not Staging.HasChanges(tree.configID)
        and Matching.Equal(Matching.Active(tree), selection)
    if not there and looks > 0 then
        return RecoverSoon(looks - 1)
    end
    PendingSwitch.End()
    if there then
        local former = pending.restores and FormerLoadout.Get(tree.specID)
        local isSaved = former and not former.starter
        local savedID = isSaved and FormerLoadout.SavedLoadout(tree, former, selection)
        local targetID = pending.createdID or savedID
        if LoadoutSlot.Exists(tree.specID, targetID) then
            LoadoutSlot.Select(tree.specID, targetID)
        end
        FormerLoadout.Record(tree.specID, selection, pending.former, pending.restores)
    else
        Staging.Rollback(tree.configID) -- left behind by the broken switch
        addon.LoadoutJob.Undo(tree.specID, pending.createdID, pending.selectedID)
    end
    return nil
end

function RecoverSoon(looks)
    C_Timer.After(LOOK_AGAIN, function()
        Recover(looks)
    end)
end

addon.On("PLAYER_LOGIN", function()
    if addon.char.pending then
        RecoverSoon(LOOKS)
    end
end)
