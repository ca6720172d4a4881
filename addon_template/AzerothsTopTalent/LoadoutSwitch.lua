-- The cast of a change of talents: a switch to a saved loadout as the game's own interface does it.
-- The talents window keeps a selection of its own, and its Apply writes to that: a commit behind its
-- back leaves it on the player's loadout (WoWUIBugs 396). After a switch of its own it shows the slot,
-- so what the player changes there next goes into the slot.
local _, addon = ...

local Readable = addon.Readable
local ClassTalents = addon.Game.ClassTalents
local LoadoutJob, LoadoutSlot = addon.LoadoutJob, addon.LoadoutSlot
local PendingSwitch, Readiness = addon.PendingSwitch, addon.Readiness

local LoadoutSwitch = {}
addon.LoadoutSwitch = LoadoutSwitch

local STILL_CASTING_DELAY, NOT_THERE_YET_DELAY = 0.1, 0.5 -- seconds
local SWITCH_DELAY = 1 -- seconds until a cast that the server grants can be seen
local LONGEST_CAST = 6 -- seconds; the game's own interface gives up after them
local MAX_TRIES = 3
local LOOKS = 2 -- for the talents after the event that tells of them
local FAILED, NO_CHANGES, IN_PROGRESS, READY = 0, 1, 2, 3 -- Enum.LoadConfigResult

-- Where the talents window does not switch: the game's own loading, which the window may not follow.
local function LoadDirectly()
    local job = LoadoutJob.Current()
    LoadoutJob.Enter("commit")
    LoadoutJob.WillStage()
    local result, words = ClassTalents.LoadConfig(job.targetID, true)
    job.unseen = job.createdID ~= nil and result ~= FAILED
    if result == NO_CHANGES then
        LoadoutJob.Succeed()
    elseif result == READY and job.createdID then
        if not ClassTalents.CommitConfig(job.createdID) then
            LoadoutJob.Finish("FAILED_REFUSED")
        end
    elseif result ~= IN_PROGRESS and job.createdID then
        -- It may also be busy with a cast that cannot be seen: that has its time to end.
        LoadoutJob.Later(LONGEST_CAST, function()
            LoadoutJob.FinishRefused(words)
        end)
    elseif result ~= IN_PROGRESS then
        -- A commit would write the player's loadout. The slot brings the same talents.
        LoadoutJob.Rollback()
        job.targetID = nil
        job.otherwise()
    end
end

-- Switches as the game's interface does it; where nothing comes of it, tries again. The interface
-- takes the place in its own list, which may be a moment behind.
local function Switch()
    local job = LoadoutJob.Current()
    local reason, words = Readiness.Blocked()
    if reason then
        return LoadoutJob.Finish(reason, words)
    end
    job.tries = job.tries + 1
    LoadoutJob.Enter("commit")
    LoadoutJob.WillStage() -- the interface does, on the way to its cast
    if PendingSwitch.IsCasting() then
        return nil -- the talents window, where it is open, loads a new loadout by itself
    end
    local index = LoadoutSlot.Index(job.specID, job.targetID)
    if job.tries > MAX_TRIES or not index then
        return LoadDirectly()
    end
    ClassTalents.SwitchToLoadoutByIndex(index)
    LoadoutJob.Later(SWITCH_DELAY, function()
        if LoadoutJob.IsThere() then
            LoadoutJob.Succeed()
        elseif not PendingSwitch.IsCasting() and not job.refused then
            Switch()
        end
    end)
    return nil
end

-- Switches to a saved loadout. otherwise: what to do where the game does not load a loadout of the
-- player's.
---@param configID integer
---@param otherwise fun()?
function LoadoutSwitch.To(configID, otherwise)
    local job = LoadoutJob.Current()
    job.targetID, job.otherwise = configID, otherwise
    LoadoutJob.Enter("commit")
    LoadoutJob.Later(0, Switch) -- in the event itself the default interface would write over it
end

-- Switches to the game's starter build; otherwise: what to do where the game refuses.
---@param otherwise fun()
function LoadoutSwitch.ToStarterBuild(otherwise)
    local job = LoadoutJob.Current()
    job.starter = true
    LoadoutJob.Enter("commit")
    LoadoutJob.WillStage()
    local result = ClassTalents.SetStarterBuildActive(true)
    if result == NO_CHANGES then
        LoadoutJob.Succeed()
    elseif result ~= IN_PROGRESS then
        job.starter = nil
        LoadoutJob.Rollback()
        otherwise()
    end
end

-- The event can come a little before the talents that it tells of. Where they do not come, the
-- interface's list was behind and another loadout was loaded: switch again.
local function SucceedWhenThere(looks)
    if LoadoutJob.IsThere() then
        LoadoutJob.Succeed()
    elseif looks > 0 then
        LoadoutJob.Later(NOT_THERE_YET_DELAY, function()
            SucceedWhenThere(looks - 1)
        end)
    elseif not PendingSwitch.IsCasting() and LoadoutJob.Current().targetID then
        Switch()
    end
end

addon.On("TRAIT_CONFIG_UPDATED", function(configID)
    if LoadoutJob.IsIn("commit") and Readable(configID) == ClassTalents.GetActiveConfigID() then
        LoadoutJob.Later(0, function()
            SucceedWhenThere(LOOKS)
        end)
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
    if LoadoutJob.IsIn("commit") then
        LoadoutJob.Current().refused = true
        LoadoutJob.Later(STILL_CASTING_DELAY, OnRefused)
    end
end)

addon.On("STARTER_BUILD_ACTIVATION_FAILED", function()
    if LoadoutJob.IsIn("commit") and LoadoutJob.Current().starter then
        LoadoutJob.Later(STILL_CASTING_DELAY, OnRefused)
    end
end)
