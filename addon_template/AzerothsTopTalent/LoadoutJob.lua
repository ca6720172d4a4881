-- The one change of talents that is going on: its step, its time limit, and its end. Whatever
-- happens, a job ends: with the new talents active and recorded, or with the old ones untouched,
-- the old loadout selected, and a reason.
local _, addon = ...

local ClassTalents = addon.Game.ClassTalents
local Staging, TalentTree, Matching = addon.Staging, addon.TalentTree, addon.Matching
local FormerLoadout, LoadoutSlot, PendingSwitch = addon.FormerLoadout, addon.LoadoutSlot, addon.PendingSwitch

local LoadoutJob = {}
addon.LoadoutJob = LoadoutJob

local WINDOW_DELAY = 0.5 -- seconds until the talents window has followed
-- Seconds. The game gives its own cast 6 s at most.
local LIMITS = { stage = 2, room = 5, create = 15, commit = 10 }

---@class LoadoutRequest
---@field code string
---@field label string
---@field restores boolean? brings the former talents back
---@field offer table? that it answers

---@class LoadoutJob
---@field request LoadoutRequest
---@field specID integer
---@field tree TalentTree
---@field selection Selection
---@field purchases Purchases
---@field former Former? to remember
---@field selectedID integer? the loadout that was selected before
---@field slotID integer? the slot that was there before
---@field targetID integer? the loadout to switch to
---@field createdID integer? the slot that this job made
---@field starter boolean? the starter build is to come back
---@field unseen boolean? the talents window may not show the slot as selected
---@field step "stage"|"room"|"create"|"commit"
---@field tries integer
---@field refused boolean? the game broke the cast
---@field otherwise fun()? what to do where the game does not load the target
---@field deadline number

local job ---@type LoadoutJob?
-- Staged changes left behind by a job whose rollback the game refused.
local stagedByUs = false

---@return LoadoutJob?
function LoadoutJob.Current()
    return job
end

-- True if a job is going on and in the step.
function LoadoutJob.IsIn(step)
    return job ~= nil and job.step == step
end

function LoadoutJob.Begin(new)
    job = new
    job.tries = 0
    job.selectedID = LoadoutSlot.Selected(job.specID)
    job.slotID = LoadoutSlot.Find(job.specID)
    PendingSwitch.Begin(job)
end

-- From here on there may be staged changes of ours.
function LoadoutJob.WillStage()
    stagedByUs = true
end

-- Takes back what a job staged, now or, where the game refuses, at the next chance. True if nothing
-- is staged any more.
function LoadoutJob.Rollback()
    local configID = stagedByUs and ClassTalents.GetActiveConfigID()
    if configID and Staging.Rollback(configID) then
        stagedByUs = false
    end
    return not stagedByUs
end

-- Ends the job. reason is nil on success, else the key of a sentence that the details fill.
function LoadoutJob.Finish(reason, ...)
    local ended = job
    job = nil
    PendingSwitch.End()
    if reason then
        LoadoutJob.Rollback()
        LoadoutJob.Undo(ended.specID, ended.createdID, ended.selectedID)
    else
        stagedByUs = false
    end
    addon.Debug("loadout", ended.step, reason or "done")
    addon.Fire("LOADOUT_FINISHED", ended.request, reason, ...)
end

-- Ends the job that the game refused, with its words where it gave some.
function LoadoutJob.FinishRefused(words)
    words = addon.Readable(words, "string")
    if words and words ~= "" then
        LoadoutJob.Finish("BLOCKED_GAME", words)
    else
        LoadoutJob.Finish("FAILED_REFUSED")
    end
end

-- True if the talents are those of a loadout that is selected now, and was not before the switch: the
-- player took it meanwhile, or on another computer.
local function IsTakenMeanwhile(specID, selectedID)
    local takenID = LoadoutSlot.Selected(specID)
    local tree = takenID and takenID ~= selectedID and TalentTree.Read()
    local saved = tree and tree.specID == specID and TalentTree.Read(takenID)
    return saved and Matching.Equal(Matching.Active(tree), Matching.Active(saved)) or false
end

-- After a broken switch: its slot goes, and the loadout that was selected before is so again. The
-- talents window drops its selection when a cast breaks.
function LoadoutJob.Undo(specID, createdID, selectedID)
    if createdID then
        ClassTalents.DeleteConfig(createdID)
    end
    if IsTakenMeanwhile(specID, selectedID) then
        return
    elseif selectedID == nil or LoadoutSlot.Exists(specID, selectedID) then
        LoadoutSlot.Select(specID, selectedID)
    end
end

-- True if the wanted talents are active and nothing is staged.
function LoadoutJob.IsThere()
    local tree = TalentTree.Read()
    if not tree or tree.specID ~= job.specID or Staging.HasChanges(tree.configID) then
        return false
    elseif job.starter then
        return ClassTalents.GetStarterBuildActive() == true
    end
    return Matching.Equal(Matching.Active(tree), job.selection)
end

-- A talents window that has not followed also ends the selection when the older slot, which it shows,
-- is deleted.
local function AfterWindow(specID, targetID)
    local isNone = not LoadoutSlot.Selected(specID) and not ClassTalents.GetStarterBuildActive()
    if isNone and targetID and LoadoutSlot.Exists(specID, targetID) then
        LoadoutSlot.Select(specID, targetID)
    end
    local unseenID = LoadoutSlot.Unseen(specID)
    if unseenID then
        addon.Fire("LOADOUT_UNSEEN", unseenID)
    end
end

-- Only now, with the talents active, anything is written down.
function LoadoutJob.Succeed()
    local specID, request = job.specID, job.request
    if job.starter then
        LoadoutSlot.SelectStarterBuild(specID)
    else
        if job.targetID then
            -- None where the player has deleted it meanwhile: these are not the talents of another one.
            LoadoutSlot.Select(specID, LoadoutSlot.Exists(specID, job.targetID) and job.targetID or nil)
        end
        if ClassTalents.GetStarterBuildActive() then
            ClassTalents.SetStarterBuildActive(false)
        end
    end
    if job.createdID then
        LoadoutSlot.DeleteOthers(specID, job.createdID)
    end
    FormerLoadout.Record(specID, job.selection, job.former, request.restores)
    local unseen, targetID = job.unseen, job.targetID
    LoadoutJob.Finish(nil)
    if unseen then
        addon.Fire("LOADOUT_UNSEEN", targetID)
    else
        C_Timer.After(WINDOW_DELAY, function()
            if not job then
                AfterWindow(specID, targetID)
            end
        end)
    end
end

local LATE = { create = "FAILED_SLOT_LATE", room = "FAILED_SLOT_LATE" }

local function OnTimeUp()
    if LoadoutJob.IsIn("commit") and LoadoutJob.IsThere() then
        LoadoutJob.Succeed()
    else
        LoadoutJob.Finish(LATE[job.step] or "FAILED_TIMEOUT")
    end
end

-- Moves the job on; a job that is still in the step when its time is up has failed.
function LoadoutJob.Enter(step)
    local current = job
    local deadline = GetTime() + LIMITS[step]
    current.step, current.deadline = step, deadline
    C_Timer.After(LIMITS[step], function()
        if job == current and current.deadline == deadline then
            OnTimeUp()
        end
    end)
end

-- Runs the action after a delay (0: next frame) if the job is still the same and in the same step.
function LoadoutJob.Later(delay, action)
    local current, step = job, job.step
    C_Timer.After(delay, function()
        if job == current and current.step == step then
            action()
        end
    end)
end

function LoadoutJob.IsBusy()
    -- Not by the timer alone: a job that never ended would block every later one.
    if job and GetTime() > job.deadline + 1 then
        OnTimeUp()
    end
    return job ~= nil
end
