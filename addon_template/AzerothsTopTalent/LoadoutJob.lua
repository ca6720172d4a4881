-- The one change of talents that is going on: its step, its time limit, and its end. Whatever
-- happens, a job ends: with the new talents active and recorded, or with the old ones untouched
-- and a reason.
local _, addon = ...

local Game = addon.Game
local Staging, TalentTree, Matching = addon.Staging, addon.TalentTree, addon.Matching
local FormerLoadout, PendingSwitch = addon.FormerLoadout, addon.PendingSwitch

local LoadoutJob = {}
addon.LoadoutJob = LoadoutJob

-- Seconds. The game gives its own cast 6 s at most.
local LIMITS = { slot = 5, stage = 2, commit = 10, load = 10 }

local job
-- Staged changes left behind by a job whose rollback the game refused.
local stagedByUs = false

-- {request, specID, tree, selection, former, step, slotID, loadedID}; nil if none is going on.
function LoadoutJob.Current()
    return job
end

-- True if a job is going on and in one of the steps.
function LoadoutJob.IsIn(step, orStep)
    return job ~= nil and (job.step == step or job.step == orStep)
end

function LoadoutJob.Begin(new)
    job = new
    PendingSwitch.Begin(job.specID, job.request.code, job.former, job.request.restores)
end

-- From here on there may be staged changes of ours.
function LoadoutJob.WillStage()
    stagedByUs = true
end

-- Takes back what a job staged, now or, where the game refuses, at the next chance.
function LoadoutJob.Rollback()
    local configID = stagedByUs and Game.ClassTalents.GetActiveConfigID()
    if configID and Staging.Rollback(configID) then
        stagedByUs = false
    end
end

-- Ends the job. reason is nil on success, else the key of a sentence that the details fill.
function LoadoutJob.Finish(reason, ...)
    local ended = job
    job = nil
    PendingSwitch.End()
    if reason then
        LoadoutJob.Rollback()
    else
        stagedByUs = false
    end
    addon.Debug("loadout", ended.step, reason or "done")
    addon.Fire("LOADOUT_FINISHED", ended.request, reason, ...)
end

-- True if the wanted talents are active and nothing is staged.
function LoadoutJob.IsThere()
    local tree = TalentTree.Read()
    return tree ~= nil and tree.specID == job.specID and not Staging.HasChanges(tree.configID)
        and Matching.Equal(Matching.Active(tree), job.selection)
end

-- Only now, with the talents active, anything is written down.
function LoadoutJob.Succeed()
    local specID, request = job.specID, job.request
    Game.ClassTalents.UpdateLastSelectedSavedConfigID(specID, job.loadedID or job.slotID)
    if Game.ClassTalents.GetStarterBuildActive() then
        Game.ClassTalents.SetStarterBuildActive(false)
    end
    FormerLoadout.Record(specID, job.selection, job.former, request.restores)
    LoadoutJob.Finish(nil)
end

local function OnTimeUp()
    if LoadoutJob.IsIn("commit", "load") and LoadoutJob.IsThere() then
        LoadoutJob.Succeed()
    else
        LoadoutJob.Finish(job.step == "slot" and "FAILED_SLOT_LATE" or "FAILED_TIMEOUT")
    end
end

-- Moves the job on; a job that is still in the step when its time is up has failed.
function LoadoutJob.Enter(step)
    local current = job
    current.step = step
    current.deadline = GetTime() + LIMITS[step]
    C_Timer.After(LIMITS[step], function()
        if job == current and current.step == step then
            OnTimeUp()
        end
    end)
end

-- Runs the action after a delay (0: next frame) if the job is still the same.
function LoadoutJob.Later(delay, action)
    local current = job
    C_Timer.After(delay, function()
        if job == current then
            action()
        end
    end)
end

function LoadoutJob.IsBusy()
    -- Timers of the game do not get lost, but a guard that could stick is none.
    if job and GetTime() > job.deadline + 1 then
        OnTimeUp()
    end
    return job ~= nil
end
