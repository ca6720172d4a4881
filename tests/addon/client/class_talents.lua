-- C_ClassTalents: saved loadouts, the commit as a cast with its three ends, and refusals.
local client = ...

local player = client.player
local CAST_SECONDS, CREATE_SECONDS, DELETE_SECONDS, MAX_LOADOUTS = 5, 0.3, 0.1, 40
local COMMIT_SPELL = 384255
local ERROR, NO_CHANGES, IN_PROGRESS, READY = 0, 1, 2, 3 -- Enum.LoadConfigResult

local Talents = {}
client.Define("C_ClassTalents", Talents)

-- A seeded generator: the order of loadouts changes from login to login, but not from run to run.
local function Random(limit)
    player.seed = (player.seed * 16807) % 2147483647
    return player.seed % limit + 1
end

function client.IsCasting() return client.cast ~= nil end

local function Refusal()
    if client.world.combat then
        return "You can't change talents in combat."
    elseif client.world.keyRunning then
        return "You can't change talents during a Mythic+ run."
    elseif client.world.pvpMatch then
        return "You can't change talents once the match has started."
    elseif client.world.dead then
        return "You can't do that when you're dead."
    elseif client.gameWords then
        return client.gameWords
    end
end

function Talents.GetActiveConfigID()
    local config = client.Active()
    return config and not client.talentsNotReady and config.ID or nil
end

function Talents.GetTraitTreeForSpec(specID)
    return client.trees[specID] and client.trees[specID].treeID
end

function Talents.GetHeroTalentSpecsForClassSpec(_, specID)
    local ids = {}
    for index, id in ipairs(client.trees[specID].heroTrees) do
        ids[index] = id
    end
    return ids, 71
end

function Talents.CanEditTalents()
    local words = Refusal()
    return words == nil, words or ""
end

function Talents.CanChangeTalents()
    local config = client.Active()
    local words = Refusal()
    if not words and client.onCooldown and C_Traits.ConfigHasStagedChanges(config.ID) then
        words = "You can't change that talent choice while " .. client.onCooldown .. " is on cooldown."
    elseif not words and client.mustSpendAll and client.UnspentPoints() > 0 then
        words = client.isSilent and "" or "You must spend all available talent points."
    end
    if words then
        return false, false, words
    end
    return C_Traits.ConfigHasStagedChanges(config.ID), true, nil
end

-- Loadouts of the spec, without the active talents, in an order of this login.
function Talents.GetConfigIDsBySpecID(specID)
    local ids = {}
    for id, config in pairs(player.configs) do
        if config.specID == specID and not config.isActive then
            config.place = config.place or Random(1000000)
            ids[#ids + 1] = id
        end
    end
    table.sort(ids, function(one, other) return player.configs[one].place < player.configs[other].place end)
    return ids
end

function client.ShuffleLoadouts()
    for _, config in pairs(player.configs) do
        config.place = nil
    end
end

-- A saved loadout of the player's spec, nil for anything else.
local function Saved(configID)
    local config = configID and player.configs[configID]
    return config and not config.isActive and config or nil
end

function Talents.GetLastSelectedSavedConfigID(specID) return player.selected[specID] end

-- Whether this fires SELECTED_LOADOUT_CHANGED is not known: tests run with both.
function Talents.UpdateLastSelectedSavedConfigID(specID, configID)
    assert(configID == nil or configID == -2 or Saved(configID), "not a saved loadout")
    player.selected[specID] = configID
    if client.selectionFires then
        client.Fire("SELECTED_LOADOUT_CHANGED")
    end
end

-- Action bars: shared ones, or a set for each loadout; a new loadout takes over what is there.
function client.Bars()
    local config = player.barsOf and player.configs[player.barsOf]
    if config and not config.sharedBars then
        return config.bars
    end
    return player.sharedBars
end

function Talents.SetUsesSharedActionBars(configID, shared)
    player.configs[configID].sharedBars = shared
end

function client.CountLoadouts()
    local count = 0
    for _, config in pairs(player.configs) do
        count = count + (config.isActive and 0 or 1)
    end
    return count
end

function Talents.CanCreateNewConfig()
    return client.CountLoadouts() < MAX_LOADOUTS and Refusal() == nil
end

local function NewLoadout(specID, name, state)
    local config = client.NewConfig(specID, name, state)
    config.ofAddon, config.bars = true, client.Bars()
    return config
end

-- The loadout can be there before its talents are: then TRAIT_CONFIG_UPDATED tells of them.
local function Import(specID, entries, name)
    local state = client.BuyEntries(specID, entries)
    local config = NewLoadout(specID, name, client.populatesLate and { ranks = {}, choice = {} } or state)
    config.unpopulated = client.populatesLate
    client.Fire("TRAIT_CONFIG_CREATED", C_Traits.GetConfigInfo(config.ID))
    client.Fire("TRAIT_CONFIG_LIST_UPDATED")
    client.After(client.populatesLate or 0, function()
        if player.configs[config.ID] then
            config.committed, config.unpopulated = state, nil
            if not client.importIsQuiet then
                client.Fire("TRAIT_CONFIG_UPDATED", config.ID)
            end
        end
    end)
end

function Talents.ImportLoadout(configID, entries, name)
    assert(configID == client.Active().ID and #entries > 0 and type(name) == "string")
    if not Talents.CanCreateNewConfig() then
        return false, Refusal() or "You have too many loadouts."
    elseif client.refuseCreate then
        return false, ""
    end
    local specID = player.specID
    if not client.createNever then
        client.After(client.createSeconds or CREATE_SECONDS, function()
            Import(specID, entries, name)
        end)
    end
    return true, ""
end

function Talents.IsConfigPopulated(configID)
    return player.configs[configID] ~= nil and not player.configs[configID].unpopulated
end

function Talents.DeleteConfig(configID)
    local config = Saved(configID)
    if not config or client.world.combat then
        return false
    end
    client.After(DELETE_SECONDS, function()
        if player.configs[configID] then
            assert(config.ofAddon, "a loadout of the player's is deleted")
            player.configs[configID] = nil
            for specID, selected in pairs(player.selected) do
                player.selected[specID] = selected ~= configID and selected or nil
            end
            client.Fire("TRAIT_CONFIG_DELETED", configID)
            client.Fire("TRAIT_CONFIG_LIST_UPDATED")
        end
    end)
    return true
end

-- The three ends of a cast.
local function Complete(cast)
    local config = cast.config
    client.cast = nil
    if client.eventComesFirst then
        client.Fire("TRAIT_CONFIG_UPDATED", config.ID)
        client.Advance(0.2)
    end
    config.committed = client.Copy(config.staged)
    player.barsOf = cast.loads or cast.savedID or player.barsOf
    player.starter = cast.starter or player.starter
    local saved = player.configs[cast.savedID]
    if saved then
        client.Write(saved, config.staged, cast.byPlayer)
        client.Fire("TRAIT_CONFIG_UPDATED", cast.savedID)
    end
    if not client.eventComesFirst then
        client.Fire("TRAIT_CONFIG_UPDATED", config.ID)
    end
end

function client.Interrupt()
    local cast = client.cast
    if not cast then
        return false
    end
    client.cast = nil
    local event = cast.starter and "STARTER_BUILD_ACTIVATION_FAILED" or "CONFIG_COMMIT_FAILED"
    if client.failureComesFirst then
        client.cast = cast
        client.Fire(event, cast.config.ID)
        client.Advance(0.3)
        client.cast = nil
    else
        client.Fire(event, cast.config.ID)
    end
    if (cast.loads or cast.starter) and not client.staysStaged then
        cast.config.staged = client.Copy(cast.config.committed)
    end
    return true
end

-- cast: {savedID: written at the end; loads: the loadout that is loaded; starter}
local function Cast(cast)
    cast.config = client.Active()
    client.cast = cast
    client.casts = (client.casts or 0) + 1
    if client.answerNever then
        client.After(CAST_SECONDS, function()
            client.cast = nil
        end)
        return
    end
    client.After(CAST_SECONDS, function()
        if client.cast == cast then
            Complete(cast)
        end
    end)
end

function Talents.CommitConfig(savedID)
    if not (Talents.CanChangeTalents()) or client.cast or client.refuseCommit then
        return false
    end
    local saved = savedID and Saved(savedID)
    if savedID and not (saved and saved.specID == player.specID) then
        return false
    end
    Cast({ savedID = savedID })
    return true
end

-- Saves the active talents in a loadout without a cast.
function Talents.SaveConfig(configID)
    local saved = Saved(configID)
    if not saved then
        return false
    end
    client.Write(saved, client.Active().committed)
    return true
end

function Talents.LoadConfig(configID, autoApply)
    local config = client.Active()
    local saved = configID ~= config.ID and Saved(configID)
    local words = Refusal()
    if words or client.cast or saved and (saved.unpopulated or client.refuseLoad and not saved.ofAddon) then
        return ERROR, words or "busy", {}
    elseif configID == config.ID then
        config.staged = client.Copy(config.committed)
        return NO_CHANGES, nil, {}
    end
    assert(saved and saved.specID == player.specID, "not a loadout of this spec")
    if client.SameState(saved.committed, config.committed) then
        config.staged = client.Copy(config.committed)
        player.barsOf = configID
        return NO_CHANGES, nil, {}
    end
    if autoApply and (client.refuseCommit or client.onCooldown) then
        return ERROR, client.onCooldown and "on cooldown" or "", {}
    end
    config.staged = client.Copy(saved.committed)
    if not autoApply or client.loadStagesOnly and not saved.ofAddon then
        return READY, nil, {}
    end
    Cast({ loads = configID })
    return IN_PROGRESS, nil, {}
end

function Talents.GetHasStarterBuild() return client.starterState ~= nil end
function Talents.GetStarterBuildActive() return player.starter == true end

function Talents.SetStarterBuildActive(active)
    local config = client.Active()
    if not active then
        player.starter = false
        return NO_CHANGES
    elseif not client.starterState or Refusal() or client.cast then
        return ERROR
    end
    config.staged = client.Copy(client.starterState)
    if client.SameState(config.staged, config.committed) then
        player.starter = true
        return NO_CHANGES
    end
    Cast({ starter = true })
    return IN_PROGRESS
end

client.Define("UnitCastingInfo", function(unit)
    if unit == "player" and client.cast then
        return "Changing Talents", "", 0, client.now * 1000, 0, false, "c", false, COMMIT_SPELL
    end
end)

function client.ChangeSpec(index)
    if client.world.combat or client.world.keyRunning then
        return false
    end
    client.Interrupt()
    local old = client.Active()
    old.staged = client.Copy(old.committed)
    player.specIndex, player.specID = index, player.specs[index]
    player.starter = false
    if not client.onlyUnitSpecEvent then
        client.Fire("ACTIVE_PLAYER_SPECIALIZATION_CHANGED")
    end
    client.Fire("PLAYER_SPECIALIZATION_CHANGED", "player")
    client.Fire("TRAIT_CONFIG_LIST_UPDATED")
    return true
end

-- A character of a class with these specs; talents empty.
function client.CreateCharacter(specIDs, index)
    player.configs, player.selected, player.active = {}, {}, {}
    player.specs, player.specIndex, player.specID = specIDs, index, specIDs[index]
    player.level, player.starter, client.cast = 90, false, nil
    player.barsOf, player.sharedBars = nil, "the bars that all share"
    client.violations, client.edited = {}, {}
    for _, specID in ipairs(specIDs) do
        player.active[specID] = client.NewConfig(specID, "active", { ranks = {}, choice = {} }, true)
    end
end

-- A saved loadout of the player's own with given talents.
function client.AddLoadout(specID, name, state, sharedBars)
    local config = client.NewConfig(specID, name, state)
    config.sharedBars, config.bars = sharedBars == true, "the bars of " .. name
    return config.ID
end

function client.SetTalents(specID, state)
    local config = player.active[specID]
    config.committed, config.staged = client.Copy(state), client.Copy(state)
end

local function Words(state)
    local words = {}
    for id, rank in pairs(state.ranks) do
        words[#words + 1] = id .. "=" .. rank .. "/" .. tostring(state.choice[id])
    end
    table.sort(words)
    return table.concat(words, " ")
end

-- Everything about the player's own loadouts as one text, to compare bit by bit.
function client.OwnLoadouts()
    local lines = {}
    for id, config in pairs(player.configs) do
        if not config.isActive and not config.ofAddon then
            lines[#lines + 1] = table.concat({ id, config.specID, config.name,
                tostring(config.sharedBars), config.bars or "", Words(config.committed) }, " | ")
        end
    end
    table.sort(lines)
    return table.concat(lines, "\n")
end

function client.ActiveWords() return Words(client.Active().committed) end
function client.ConfigWords(id) return Words(player.configs[id].committed) end
