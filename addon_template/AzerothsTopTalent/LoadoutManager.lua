-- Applies a selection to the player's talents, one job at a time:
--   slot -> (next frame) stage -> (next frame) commit -> the game's answer -> done
-- Each step has a time limit. Whatever happens, a job ends: with the new talents active and
-- recorded, or with the old ones untouched and a reason. Saved loadouts of the player are never
-- written to; the only one that is, is the addon's slot.
local _, addon = ...

local Plain, Ask = addon.Plain, addon.Ask
local Staging, TalentTree, Matching = addon.Staging, addon.TalentTree, addon.Matching
local LoadoutSlot, FormerLoadout = addon.LoadoutSlot, addon.FormerLoadout
local PendingSwitch, Readiness = addon.PendingSwitch, addon.Readiness

local LoadoutManager = {}
addon.LoadoutManager = LoadoutManager

-- Seconds. The game gives its own cast 6 s at most.
local LIMITS = { slot = 5, stage = 2, commit = 10, load = 10 }
local STILL_CASTING_DELAY, NOT_THERE_YET_DELAY = 0.1, 0.5
local LOAD_NOTHING_TO_DO, LOAD_IN_PROGRESS, LOAD_READY = 1, 2, 3 -- Enum.LoadConfigResult

local job
-- Staged changes left behind by a job whose rollback the game refused.
local stagedByUs = false

-- Takes back what a job staged, now or, where the game refuses, at the next chance.
local function Rollback()
    local configID = stagedByUs and Ask(C_ClassTalents.GetActiveConfigID)
    if configID and Staging.Rollback(configID) then
        stagedByUs = false
    end
end

-- Ends the job. reason is nil on success, else the key of a sentence that the details fill.
local function Finish(reason, ...)
    local ended = job
    job = nil
    PendingSwitch.End()
    if reason then
        Rollback()
    else
        stagedByUs = false
    end
    addon.Debug("loadout", ended.step, reason or "done")
    addon.Tell("LOADOUT_FINISHED", ended.request, reason, ...)
end

local function Later(delay, action)
    local current = job
    C_Timer.After(delay, function()
        if job == current then
            action()
        end
    end)
end

-- True if the wanted talents are active and nothing is staged.
local function IsThere()
    local tree = TalentTree.Read()
    return tree ~= nil and tree.specID == job.specID and not Staging.HasChanges(tree.configID)
        and Matching.Equal(Matching.Active(tree), job.selection)
end

-- Only now, with the talents active, anything is written down.
local function Succeed()
    local specID, request = job.specID, job.request
    Ask(C_ClassTalents.UpdateLastSelectedSavedConfigID, specID, job.loadedID or job.slotID)
    if Ask(C_ClassTalents.GetStarterBuildActive) then
        Ask(C_ClassTalents.SetStarterBuildActive, false)
    end
    FormerLoadout.Record(specID, job.selection, job.former, request.restores)
    Finish(nil)
end

local function OnTimeUp()
    if (job.step == "commit" or job.step == "load") and IsThere() then
        Succeed()
    else
        Finish(job.step == "slot" and "FAILED_SLOT_LATE" or "FAILED_TIMEOUT")
    end
end

-- Moves the job on; a job that is still in the step when its time is up has failed.
local function Enter(step)
    local current = job
    current.step = step
    current.deadline = GetTime() + LIMITS[step]
    C_Timer.After(LIMITS[step], function()
        if job == current and current.step == step then
            OnTimeUp()
        end
    end)
end

-- The game's refusal can come while the cast still goes on; then the cast's end decides.
local function OnRefused()
    if IsThere() then
        Succeed()
    elseif PendingSwitch.IsCasting() then
        Later(STILL_CASTING_DELAY, OnRefused)
    else
        Finish("FAILED_INTERRUPTED")
    end
end

local function Commit()
    local canChange, _, words = Ask(C_ClassTalents.CanChangeTalents)
    if not canChange then
        words = Plain(words, "string")
        local unspent = Staging.UnspentPoints(job.tree)
        if unspent > 0 then
            Finish("FAILED_UNSPENT", unspent)
        else
            Finish(words and "BLOCKED_GAME" or "FAILED_REFUSED", words)
        end
        return
    end
    Enter("commit")
    if not Ask(C_ClassTalents.CommitConfig, job.slotID) then
        Finish("FAILED_REFUSED")
    end
end

-- A frame or a whole slot request lies between the start and here: look again before staging.
local function Stage()
    local reason, words = Readiness.Blocked()
    if reason then
        return Finish(reason, words)
    end
    local tree = TalentTree.Read()
    if not tree or tree.specID ~= job.specID then
        return Finish("FAILED_INTERRUPTED")
    elseif Staging.HasChanges(tree.configID) then
        return Finish("FAILED_STAGED")
    end
    job.tree = tree
    stagedByUs = true
    local staged, missing, name = Staging.Stage(tree, job.selection)
    if not staged then
        return Finish("FAILED_MISFIT", missing, name)
    end
    Later(0, Commit)
end

local function StageNextFrame()
    Enter("stage")
    -- In the event itself the default interface would write over what is done.
    Later(0, Stage)
end

local function StartWithSlot()
    job.slotID = LoadoutSlot.Find(job.specID)
    if job.slotID then
        StageNextFrame()
        return
    end
    Enter("slot")
    if not LoadoutSlot.Request(job.specID) then
        Finish("FAILED_NO_SLOT", LoadoutSlot.NAME)
    end
end

-- The player's own saved loadout is loaded as the game does it, which only reads it.
local function StartLoading(configID)
    job.loadedID = configID
    Enter("load")
    stagedByUs = true
    local result, words = Ask(C_ClassTalents.LoadConfig, configID, true)
    if result == LOAD_NOTHING_TO_DO then
        Succeed()
    elseif result == LOAD_READY then
        -- Staged but not cast. To commit would write the player's loadout: take our own way.
        Rollback()
        job.loadedID = nil
        StartWithSlot()
    elseif result ~= LOAD_IN_PROGRESS then
        words = Plain(words, "string")
        Finish(words and "BLOCKED_GAME" or "FAILED_REFUSED", words)
    end
end

function LoadoutManager.IsBusy()
    -- Timers of the game do not get lost, but a guard that could stick is none.
    if job and GetTime() > job.deadline + 1 then
        OnTimeUp()
    end
    return job ~= nil
end

-- request: {code, label, restores (true: brings the former talents back)}. True if a job started;
-- how it ended is told by LOADOUT_FINISHED(request, reason, details) in either case.
function LoadoutManager.Apply(request)
    if LoadoutManager.IsBusy() then
        addon.Tell("LOADOUT_FINISHED", request, "BLOCKED_BUSY")
        return false
    end
    Rollback()
    local problem, tree, selection = addon.CheckRequest(request)
    if problem then
        addon.Tell("LOADOUT_FINISHED", request, unpack(problem, 1, 3))
        return false
    end
    job = {
        request = request, specID = tree.specID, tree = tree, selection = selection,
        former = not request.restores and FormerLoadout.Capture(tree) or nil,
    }
    PendingSwitch.Begin(tree.specID, request.code, job.former, request.restores)
    local former = request.restores and FormerLoadout.Get(tree.specID)
    local saved = former and FormerLoadout.SavedLoadout(tree, former, selection)
    if saved then
        StartLoading(saved)
    else
        StartWithSlot()
    end
    return true
end

-- Brings back the talents from before the addon's first change.
function LoadoutManager.Restore()
    local former = FormerLoadout.Get(TalentTree.SpecID())
    local request = { restores = true, label = addon.L.FORMER_TALENTS, code = former and former.code }
    if not former then
        addon.Tell("LOADOUT_FINISHED", request, "FAILED_NO_FORMER")
        return false
    end
    return LoadoutManager.Apply(request)
end

addon.Listen("SLOT_READY", function(specID, configID)
    if job and job.step == "slot" and job.specID == specID then
        job.slotID = configID
        StageNextFrame()
    end
end)

-- The event can come a little before the talents that it tells of.
local function SucceedWhenThere()
    if IsThere() then
        Succeed()
    else
        Later(NOT_THERE_YET_DELAY, SucceedWhenThere)
    end
end

addon.On("TRAIT_CONFIG_UPDATED", function(configID)
    if job and (job.step == "commit" or job.step == "load")
        and Plain(configID) == Ask(C_ClassTalents.GetActiveConfigID) then
        Later(0, SucceedWhenThere)
    end
end)

addon.On("CONFIG_COMMIT_FAILED", function()
    if job and (job.step == "commit" or job.step == "load") then
        Later(STILL_CASTING_DELAY, OnRefused)
    end
end)

addon.On("PLAYER_REGEN_DISABLED", function()
    if job and (job.step == "slot" or job.step == "stage") then
        Finish("BLOCKED_COMBAT")
    end
end)

addon.On("PLAYER_REGEN_ENABLED", function()
    if not job then
        Rollback()
    end
end)

addon.On("ACTIVE_PLAYER_SPECIALIZATION_CHANGED", function()
    if job then
        Finish("FAILED_INTERRUPTED")
    end
end)
