-- Applies a selection to the player's talents, one job at a time:
--   stage: a trial of the purchases, taken back at once; the game says here what it refuses
--   create: the talents become a new loadout of the addon's name
--   commit: a switch to that loadout (LoadoutSwitch); then older slots are deleted
-- Saved loadouts of the player are only read.
local _, addon = ...

local Readable = addon.Readable
local ClassTalents = addon.Game.ClassTalents
local Staging, TalentTree = addon.Staging, addon.TalentTree
local LoadoutSlot, LoadoutSwitch, FormerLoadout = addon.LoadoutSlot, addon.LoadoutSwitch, addon.FormerLoadout
local LoadoutJob, PendingSwitch, Readiness = addon.LoadoutJob, addon.PendingSwitch, addon.Readiness

local SETTLE = 3 -- seconds
local LIST_DELAY = 1 -- seconds that the event of a new loadout's talents may take

local LoadoutManager = {}
addon.LoadoutManager = LoadoutManager

LoadoutManager.IsBusy = LoadoutJob.IsBusy

local function Create()
    local job = LoadoutJob.Current()
    LoadoutJob.Enter("create")
    local reason, words = LoadoutSlot.Import(job.tree, job.purchases)
    if reason then
        LoadoutJob.FinishRefused(words)
    end
end

-- Without room for another loadout the slot that is there makes room, or is written to where it is
-- the selected one: then the talents window shows it.
local function CreateInFullList()
    local job = LoadoutJob.Current()
    local slotID = job.slotID
    if not slotID then
        LoadoutJob.Finish("FAILED_NO_SLOT", LoadoutSlot.NAME)
    elseif slotID == job.selectedID then
        job.targetID = slotID
        LoadoutJob.Enter("commit")
        LoadoutJob.Later(0, function()
            if not ClassTalents.CommitConfig(slotID) then
                LoadoutJob.Finish("FAILED_REFUSED")
            end
        end)
    else
        LoadoutJob.Rollback()
        LoadoutJob.Enter("room")
        if not ClassTalents.DeleteConfig(slotID) then
            LoadoutJob.Finish("FAILED_NO_SLOT", LoadoutSlot.NAME)
        end
    end
end

local function FinishNotAllowed(words)
    local job = LoadoutJob.Current()
    words = Readable(words, "string")
    local unspent = addon.TalentPoints.Unspent(job.tree, job.selection)
    if unspent > 0 then
        LoadoutJob.Finish("FAILED_UNSPENT", unspent, words ~= "" and words or nil)
    else
        LoadoutJob.FinishRefused(words)
    end
end

-- The trial is staged: what the game says of it, and what follows.
local function Judge()
    local canChange, _, words = ClassTalents.CanChangeTalents()
    if not canChange then
        FinishNotAllowed(words)
    elseif ClassTalents.CanCreateNewConfig() == false then
        CreateInFullList()
    elseif LoadoutJob.Rollback() then
        Create()
    else
        LoadoutJob.Finish("FAILED_REFUSED")
    end
end

-- A frame or more lies between the start and here: look again before staging.
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
    if LoadoutJob.IsThere() then
        return LoadoutJob.Succeed()
    end
    LoadoutJob.WillStage()
    local staged, missing, name = Staging.Stage(tree, job.purchases)
    if not staged then
        return LoadoutJob.Finish("FAILED_MISFIT", missing, name)
    end
    -- The game looks at staged changes by the next frame.
    return LoadoutJob.Later(0, Judge)
end

local function StageNextFrame()
    LoadoutJob.Enter("stage")
    -- In the event itself the default interface would write over what is done.
    LoadoutJob.Later(0, Stage)
end

-- Former talents come back as the player had them: the starter build, the saved loadout, or where
-- that is gone or changed since, their talents in the slot.
local function StartRestore(tree, selection)
    local former = FormerLoadout.Get(tree.specID)
    local saved = FormerLoadout.SavedLoadout(tree, former, selection)
    if former.starter then
        LoadoutSwitch.ToStarterBuild(StageNextFrame)
    elseif saved then
        LoadoutSwitch.To(saved, StageNextFrame)
    else
        StageNextFrame()
    end
end

-- True if a job started; how it ended is told by LOADOUT_FINISHED(request, reason, details) in
-- either case.
---@param request LoadoutRequest
---@return boolean
function LoadoutManager.Apply(request)
    if LoadoutJob.IsBusy() then
        addon.Fire("LOADOUT_FINISHED", request, "BLOCKED_BUSY")
        return false
    end
    LoadoutJob.Rollback()
    local problem, tree, selection, purchases = addon.CheckRequest(request)
    if problem then
        addon.Fire("LOADOUT_FINISHED", request, unpack(problem, 1, 3))
        return false
    end
    LoadoutJob.Begin({
        request = request, specID = tree.specID, tree = tree, selection = selection, purchases = purchases,
        former = not request.restores and FormerLoadout.Capture(tree) or nil,
    })
    if request.restores then
        StartRestore(tree, selection)
    else
        StageNextFrame()
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
    if not LoadoutJob.IsIn("create") or job.specID ~= specID then
        return
    end
    job.createdID = configID
    PendingSwitch.Begin(job)
    LoadoutSlot.CopyActionBars(job.selectedID or job.tree.configID, configID)
    LoadoutJob.Later(0, function()
        if PendingSwitch.IsCasting() then
            LoadoutSwitch.To(configID) -- the talents window, where it is open, loads it by itself
        end
    end)
    LoadoutJob.Later(LIST_DELAY, function()
        if ClassTalents.IsConfigPopulated(configID) ~= false then
            LoadoutSwitch.To(configID)
        end
    end)
end)

-- Its talents have arrived, and the talents window has brought its list of loadouts up to date.
addon.On("TRAIT_CONFIG_UPDATED", function(configID)
    configID = Readable(configID, "number")
    if LoadoutJob.IsIn("create") and configID and configID == LoadoutJob.Current().createdID then
        LoadoutSwitch.To(configID)
    end
end)

addon.On("TRAIT_CONFIG_DELETED", function(configID)
    if LoadoutJob.IsIn("room") and Readable(configID) == LoadoutJob.Current().slotID then
        Create()
    end
end)

addon.On("PLAYER_REGEN_DISABLED", function()
    local job = LoadoutJob.Current()
    if job and job.step ~= "commit" then
        LoadoutJob.Finish("BLOCKED_COMBAT")
    end
end)

addon.On("PLAYER_REGEN_ENABLED", function()
    if not LoadoutJob.Current() then
        LoadoutJob.Rollback()
    end
end)

-- A slot that came after its job had ended, or that the game would not delete in combat.
local function DeleteSpareSlots()
    local specID = TalentTree.SpecID()
    if addon.char.pending or PendingSwitch.IsCasting() then
        C_Timer.After(SETTLE, DeleteSpareSlots)
    elseif specID then
        LoadoutSlot.DeleteOthers(specID, LoadoutSlot.Find(specID))
    end
end

for _, event in ipairs({ "PLAYER_LOGIN", "ACTIVE_PLAYER_SPECIALIZATION_CHANGED", "PLAYER_REGEN_ENABLED" }) do
    addon.On(event, function()
        C_Timer.After(SETTLE, DeleteSpareSlots)
    end)
end

-- Where the spec is the same, a cast still goes on: it decides.
addon.On("ACTIVE_PLAYER_SPECIALIZATION_CHANGED", function()
    local job = LoadoutJob.Current()
    if job and job.specID ~= TalentTree.SpecID() then
        LoadoutJob.Finish("FAILED_INTERRUPTED")
    end
end)
