-- Applies a selection to the player's talents, one job at a time:
--   slot -> (next frame) stage -> (next frame) commit -> the game's answer -> done
-- Saved loadouts of the player are never written to; the only one that is, is the addon's slot.
local _, addon = ...

local Readable, Game = addon.Readable, addon.Game
local Staging, TalentTree = addon.Staging, addon.TalentTree
local LoadoutSlot, FormerLoadout = addon.LoadoutSlot, addon.FormerLoadout
local LoadoutJob, PendingSwitch, Readiness = addon.LoadoutJob, addon.PendingSwitch, addon.Readiness

local LoadoutManager = {}
addon.LoadoutManager = LoadoutManager

local STILL_CASTING_DELAY, NOT_THERE_YET_DELAY = 0.1, 0.5 -- seconds
local LOAD_NOTHING_TO_DO, LOAD_IN_PROGRESS = 1, 2 -- Enum.LoadConfigResult

LoadoutManager.IsBusy = LoadoutJob.IsBusy

local function FinishRefused(words)
    words = Readable(words, "string")
    LoadoutJob.Finish(words and "BLOCKED_GAME" or "FAILED_REFUSED", words)
end

local function Commit()
    local job = LoadoutJob.Current()
    local canChange, _, words = Game.ClassTalents.CanChangeTalents()
    if not canChange then
        local unspent = Staging.UnspentPoints(job.tree)
        if unspent > 0 then
            LoadoutJob.Finish("FAILED_UNSPENT", unspent)
        else
            FinishRefused(words)
        end
        return
    end
    LoadoutJob.Enter("commit")
    if not Game.ClassTalents.CommitConfig(job.slotID) then
        LoadoutJob.Finish("FAILED_REFUSED")
    end
end

-- A frame or a whole slot request lies between the start and here: look again before staging.
local function Stage()
    local job = LoadoutJob.Current()
    local reason, words = Readiness.Blocked()
    if reason then
        return LoadoutJob.Finish(reason, words)
    end
    local tree = TalentTree.Read()
    if not tree or tree.specID ~= job.specID then
        return LoadoutJob.Finish("FAILED_INTERRUPTED")
    elseif Staging.HasChanges(tree.configID) then
        return LoadoutJob.Finish("FAILED_STAGED")
    end
    job.tree = tree
    LoadoutJob.WillStage()
    local staged, missing, name = Staging.Stage(tree, job.selection)
    if not staged then
        return LoadoutJob.Finish("FAILED_MISFIT", missing, name)
    end
    LoadoutJob.Later(0, Commit)
end

local function StageNextFrame()
    LoadoutJob.Enter("stage")
    -- In the event itself the default interface would write over what is done.
    LoadoutJob.Later(0, Stage)
end

local function StartWithSlot()
    local job = LoadoutJob.Current()
    job.slotID = LoadoutSlot.Find(job.specID)
    if job.slotID then
        StageNextFrame()
        return
    end
    LoadoutJob.Enter("slot")
    local reason = LoadoutSlot.Request(job.specID)
    if reason then
        LoadoutJob.Finish(reason, LoadoutSlot.NAME)
    end
end

-- The player's own saved loadout is loaded as the game does it, which only reads it.
local function StartLoading(configID)
    local job = LoadoutJob.Current()
    job.loadedID = configID
    LoadoutJob.Enter("load")
    LoadoutJob.WillStage()
    local result = Game.ClassTalents.LoadConfig(configID, true)
    if result == LOAD_NOTHING_TO_DO then
        LoadoutJob.Succeed()
    elseif result ~= LOAD_IN_PROGRESS then
        -- Refused, or staged but not cast: to commit that would write the player's loadout. Our own
        -- way brings the same talents.
        LoadoutJob.Rollback()
        job.loadedID = nil
        StartWithSlot()
    end
end

-- request: {code, label, restores (true: brings the former talents back)}. True if a job started;
-- how it ended is told by LOADOUT_FINISHED(request, reason, details) in either case.
function LoadoutManager.Apply(request)
    if LoadoutJob.IsBusy() then
        addon.Fire("LOADOUT_FINISHED", request, "BLOCKED_BUSY")
        return false
    end
    LoadoutJob.Rollback()
    local problem, tree, selection = addon.CheckRequest(request)
    if problem then
        addon.Fire("LOADOUT_FINISHED", request, unpack(problem, 1, 3))
        return false
    end
    LoadoutJob.Begin({
        request = request, specID = tree.specID, tree = tree, selection = selection,
        former = not request.restores and FormerLoadout.Capture(tree) or nil,
    })
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
        addon.Fire("LOADOUT_FINISHED", request, "FAILED_NO_FORMER")
        return false
    end
    return LoadoutManager.Apply(request)
end

addon.Register("SLOT_READY", function(specID, configID)
    local job = LoadoutJob.Current()
    if LoadoutJob.IsIn("slot") and job.specID == specID then
        job.slotID = configID
        StageNextFrame()
    end
end)

-- The event can come a little before the talents that it tells of.
local function SucceedWhenThere()
    if LoadoutJob.IsThere() then
        LoadoutJob.Succeed()
    else
        LoadoutJob.Later(NOT_THERE_YET_DELAY, SucceedWhenThere)
    end
end

addon.On("TRAIT_CONFIG_UPDATED", function(configID)
    if Readable(configID) == Game.ClassTalents.GetActiveConfigID() and LoadoutJob.IsIn("commit", "load") then
        LoadoutJob.Later(0, SucceedWhenThere)
    end
end)

-- The game's refusal can come while the cast still goes on; then the cast's end decides.
local function OnRefused()
    if LoadoutJob.IsThere() then
        LoadoutJob.Succeed()
    elseif PendingSwitch.IsCasting() then
        LoadoutJob.Later(STILL_CASTING_DELAY, OnRefused)
    else
        LoadoutJob.Finish("FAILED_INTERRUPTED")
    end
end

addon.On("CONFIG_COMMIT_FAILED", function()
    if LoadoutJob.IsIn("commit", "load") then
        LoadoutJob.Later(STILL_CASTING_DELAY, OnRefused)
    end
end)

addon.On("PLAYER_REGEN_DISABLED", function()
    if LoadoutJob.IsIn("slot", "stage") then
        LoadoutJob.Finish("BLOCKED_COMBAT")
    end
end)

addon.On("PLAYER_REGEN_ENABLED", function()
    if not LoadoutJob.Current() then
        LoadoutJob.Rollback()
    end
end)

addon.On("ACTIVE_PLAYER_SPECIALIZATION_CHANGED", function()
    if LoadoutJob.Current() then
        LoadoutJob.Finish("FAILED_INTERRUPTED")
    end
end)
