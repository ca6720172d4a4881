-- The game's talents window, as far as its choice of the loadout goes (Blizzard_ClassTalentsFrame.lua
-- of 12.0.5). It is loaded when it is first needed and keeps a selection of its own: its Apply writes
-- to that, whatever the addon did meanwhile. Listens to some events always, to others while shown.
local client = ...

local player = client.player
local STARTER = -2 -- Constants.TraitConsts.STARTER_BUILD_TRAIT_CONFIG_ID
local NO_CHANGES, IN_PROGRESS, ERROR = 1, 2, 0

local window = {}
client.window = window
client.Define("TALENT_FRAME_DROP_DOWN_STARTER_BUILD", "Starter Build")

local function Api() return C_ClassTalents end

local function RefreshList()
    window.ids = Api().GetConfigIDsBySpecID(player.specID)
    if Api().GetHasStarterBuild() then
        window.ids[#window.ids + 1] = STARTER
    end
end

local function IsValid(id)
    for _, candidate in ipairs(window.ids) do
        if candidate == id then
            return true
        end
    end
    return false
end

local function UpdateLast(id)
    if id ~= Api().GetActiveConfigID() then
        window.last = id
        Api().UpdateLastSelectedSavedConfigID(player.specID, id)
    end
end

local function ClearLast()
    window.last, window.selection = nil, nil
    Api().UpdateLastSelectedSavedConfigID(player.specID, nil)
end

local function Unflag()
    window.leavesStarter = false
    if window.last == STARTER then
        ClearLast()
    end
    Api().SetStarterBuildActive(false)
end

local function Load(id, autoApply)
    local result
    if id == STARTER then
        result = Api().SetStarterBuildActive(true)
    else
        window.leavesStarter = Api().GetStarterBuildActive()
        result = Api().LoadConfig(id, autoApply)
    end
    if result == NO_CHANGES then
        UpdateLast(id)
        if window.leavesStarter then
            Unflag()
        end
    elseif result == IN_PROGRESS and autoApply then
        window.committing = id
    end
    return result ~= ERROR
end

local function Select(id, autoApply, skipLoad)
    if window.selection ~= id then
        window.selection = id
        if not skipLoad then
            Load(id, autoApply == true)
        end
    end
end

local function CheckSelection()
    local selection = window.selection
    if not window.shown or selection and IsValid(selection)
        and (selection ~= STARTER or Api().GetStarterBuildActive()) then
        return
    end
    local last = Api().GetLastSelectedSavedConfigID(player.specID)
    if last and not IsValid(last) then
        ClearLast()
        last = nil
    end
    if Api().GetStarterBuildActive() and not window.leavesStarter then
        Select(STARTER, false, true)
    elseif last then
        Select(last)
    else
        window.selection = nil
    end
end

local function ResetToLast()
    local selected = player.configs[window.selection]
    if client.keepsNewSelection and window.shown and selected and selected.ofAddon then
        return -- seen: with the window open, a loadout that was just created stays selected
    end
    if window.last and IsValid(window.last) and window.last ~= STARTER then
        Select(window.last)
    else
        ClearLast()
        Load(Api().GetActiveConfigID(), false)
    end
end

local always, whileShown = {}, {}

function always.TRAIT_CONFIG_UPDATED(id)
    if window.leavesStarter and window.committing then
        Unflag()
    end
    RefreshList()
    if id == Api().GetActiveConfigID() then
        local committed = window.committing
        window.committing = nil
        if committed and not client.windowStays then
            UpdateLast(committed)
            if committed ~= id then
                Select(committed, false, true)
            end
        end
    end
end

function always.CONFIG_COMMIT_FAILED()
    window.committing = nil
    if not window.leavesStarter then
        ResetToLast()
    end
end

function always.STARTER_BUILD_ACTIVATION_FAILED()
    window.committing = nil
    ResetToLast()
end

function always.SELECTED_LOADOUT_CHANGED()
    window.last = Api().GetLastSelectedSavedConfigID(player.specID)
    if window.last then
        Select(window.last, false, true)
    else
        window.selection = nil
    end
end

function always.ACTIVE_PLAYER_SPECIALIZATION_CHANGED()
    RefreshList()
    CheckSelection()
end

always.PLAYER_ENTERING_WORLD = CheckSelection

function whileShown.TRAIT_CONFIG_CREATED(info)
    RefreshList()
    if player.configs[info.ID].specID == player.specID then -- one that came after a change of spec
        Select(info.ID, true)
    end
end

whileShown.TRAIT_CONFIG_LIST_UPDATED = RefreshList

function whileShown.TRAIT_CONFIG_DELETED(id)
    RefreshList()
    if window.last == id then
        ClearLast()
    end
end

function window.OnEvent(event, ...)
    local handler = window.loaded and (always[event] or window.shown and whileShown[event])
    if handler then
        handler(...)
    end
end

local function LoadWindow()
    if not window.loaded then
        window.loaded = true
        RefreshList()
        window.OnLoad()
    end
end

-- A reload of the interface ends the window.
function window.Unload()
    for key, value in pairs(window) do
        if type(value) ~= "function" then
            window[key] = nil
        end
    end
end

function C_ClassTalents.SwitchToLoadoutByIndex(index)
    if client.switchIsDeaf then
        return
    end
    LoadWindow()
    if window.committing or not window.ids[index] then
        client.uiErrors = (client.uiErrors or 0) + 1
        return
    end
    Load(window.ids[index], true)
end

-- What the player does in the window. Changes of single talents are noted: only they may end in a
-- loadout of the player's.

function window.Open()
    LoadWindow()
    window.shown = true
    client.CloseSpecialWindows()
    CheckSelection()
end

function window.Close() window.shown = false end

-- Picks a loadout in the drop-down. False if the game refuses.
function window.Pick(id)
    if not window.shown or window.committing or client.cast then
        return false
    end
    window.selection = id
    if Load(id, true) then
        return true
    end
    C_Traits.RollbackConfig(Api().GetActiveConfigID())
    window.selection = window.last
    return false
end

local function Edit(nodeID, change)
    local done = change()
    if done then
        client.edited[nodeID] = true
    end
    return done
end

-- Chooses the other talent at a choice node; false if there is none to change.
function window.EditChoice(nth)
    local config = client.Active()
    local tree, ids = client.trees[config.specID], {}
    for id in pairs(config.staged.choice) do
        if tree.own[id].section ~= "subtree" and #tree.own[id].entryIDs > 1 then
            ids[#ids + 1] = id
        end
    end
    table.sort(ids)
    local id = ids[(nth - 1) % math.max(1, #ids) + 1]
    if not window.shown or client.cast or not id then
        return false
    end
    local entries = tree.own[id].entryIDs
    local other = config.staged.choice[id] == entries[1] and entries[2] or entries[1]
    return Edit(id, function() return C_Traits.SetSelection(config.ID, id, other) end)
end

-- Chooses the other hero tree, with what was bought there.
function window.EditHero()
    local config = client.Active()
    local tree = client.trees[config.specID]
    for id, entry in pairs(client.Copy(config.staged).choice) do
        local node = tree.own[id]
        if node.section == "subtree" and window.shown and not client.cast then
            for _, other in ipairs(node.entryIDs) do
                if other ~= entry then
                    return Edit(id, function() return C_Traits.SetSelection(config.ID, id, other) end)
                end
            end
        end
    end
    return false
end

function window.Apply()
    local config = client.Active()
    if not window.shown or window.committing or client.cast then
        return false
    end
    if C_Traits.ConfigHasStagedChanges(config.ID) then
        local done = Api().CommitConfig(window.selection ~= STARTER and window.selection or nil)
        if done then
            client.cast.byPlayer = client.edited
            window.committing = config.ID
        end
        return done
    end
    return false
end

function window.Undo()
    client.edited = {}
    return C_Traits.RollbackConfig(Api().GetActiveConfigID())
end

-- A saved loadout is written. The player's own may change only in what he edited himself.
function client.Write(saved, state, edited)
    if not saved.ofAddon then
        local before = saved.committed
        for id in pairs(client.MergedNodes(before, state)) do
            local same = before.ranks[id] == state.ranks[id] and before.choice[id] == state.choice[id]
            if not same and not (edited and edited[id]) then
                table.insert(client.violations, saved.name .. ": node " .. id)
            end
        end
    end
    saved.committed = client.Copy(state)
    client.edited = {}
end

function client.MergedNodes(one, other)
    local nodes = {}
    for id in pairs(one.ranks) do nodes[id] = true end
    for id in pairs(other.ranks) do nodes[id] = true end
    return nodes
end

-- The game hides all windows of UISpecialFrames: at loading screens, at the loss of control or life,
-- when a large panel opens, at one Escape for any window.
function client.CloseSpecialWindows()
    local found = false
    for _, name in ipairs(UISpecialFrames) do
        local frame = rawget(_G, name)
        if frame and frame:IsShown() then
            frame:Hide()
            found = true
        end
    end
    return found
end
