-- C_ClassTalents: saved loadouts, the commit as a cast with its three ends, and refusals.
local client = ...

local player = client.player
local CAST_SECONDS, CREATE_SECONDS, MAX_LOADOUTS = 5, 0.3, 10
local COMMIT_SPELL = 384255

local Talents = {}
client.Define("C_ClassTalents", Talents)

-- A seeded generator: the order of loadouts changes from call to call, but not from run to run.
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
    if not words and client.mustSpendAll and client.UnspentPoints() > 0 then
        words = "You must spend all available talent points."
    end
    if words then
        return false, false, words
    end
    return C_Traits.ConfigHasStagedChanges(config.ID), true, nil
end

-- Loadouts of the spec, without the active talents, in an order that can not be relied on.
function Talents.GetConfigIDsBySpecID(specID)
    local ids = {}
    for id, config in pairs(player.configs) do
        if config.specID == specID and not config.isActive then
            table.insert(ids, Random(#ids + 1), id)
        end
    end
    return ids
end

function Talents.GetLastSelectedSavedConfigID(specID) return player.selected[specID] end
function Talents.UpdateLastSelectedSavedConfigID(specID, configID)
    assert(player.configs[configID] and not player.configs[configID].isActive, "not a saved loadout")
    player.selected[specID] = configID
end
function Talents.GetStarterBuildActive() return player.starter == true end
function Talents.SetStarterBuildActive(active)
    player.starter = active
    return 1
end
function Talents.SetUsesSharedActionBars(configID, shared) player.configs[configID].sharedBars = shared end
function Talents.CanCreateNewConfig()
    return #Talents.GetConfigIDsBySpecID(player.specID) < MAX_LOADOUTS and Refusal() == nil
end

function Talents.RequestNewConfig(name)
    if not Talents.CanCreateNewConfig() or client.refuseCreate then
        return false
    end
    local specID = player.specID
    if client.createNever then
        return true
    end
    client.After(client.createSeconds or CREATE_SECONDS, function()
        local config = client.NewConfig(specID, name, player.active[specID].committed)
        config.ofAddon = true
        client.Fire("TRAIT_CONFIG_CREATED", C_Traits.GetConfigInfo(config.ID))
        client.Fire("TRAIT_CONFIG_LIST_UPDATED")
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
    local saved = player.configs[cast.savedID]
    if saved then
        saved.committed = client.Copy(config.staged)
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
    if client.failureComesFirst then
        client.cast = cast
        client.Fire("CONFIG_COMMIT_FAILED", cast.config.ID)
        client.Advance(0.3)
        client.cast = nil
    else
        client.Fire("CONFIG_COMMIT_FAILED", cast.config.ID)
    end
    if cast.loads then
        cast.config.staged = client.Copy(cast.config.committed)
    end
    return true
end

local function Cast(config, savedID, loads)
    local cast = { config = config, savedID = savedID, loads = loads }
    client.cast = cast
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
    local saved = savedID and player.configs[savedID]
    assert(savedID == nil or saved and not saved.isActive and saved.specID == player.specID, "bad loadout")
    Cast(client.Active(), savedID)
    return true
end

function Talents.LoadConfig(configID, autoApply)
    local saved, config = player.configs[configID], client.Active()
    assert(saved and not saved.isActive and autoApply)
    local words = Refusal()
    if words or client.cast or client.refuseLoad then
        return 0, words or "busy", {}
    elseif client.SameState(saved.committed, config.committed) then
        return 1, nil, {}
    end
    config.staged = client.Copy(saved.committed)
    if client.loadStagesOnly then
        return 3, nil, {}
    end
    Cast(config, nil, true)
    return 2, nil, {}
end

client.Define("UnitCastingInfo", function(unit)
    if unit == "player" and client.cast then
        return "Changing Talents", "", 0, client.now * 1000, 0, false, "c", false, COMMIT_SPELL
    end
end)

-- The player's own doings, as the default interface does them.
function client.PlayerSelectsLoadout(configID)
    if Refusal() or client.cast then
        return false
    end
    local config = client.Active()
    config.committed = client.Copy(player.configs[configID].committed)
    config.staged = client.Copy(config.committed)
    player.selected[player.specID] = configID
    client.Fire("TRAIT_CONFIG_UPDATED", config.ID)
    return true
end

function client.ChangeSpec(index)
    if client.world.combat or client.world.keyRunning then
        return false
    end
    client.Interrupt()
    local old = client.Active()
    old.staged = client.Copy(old.committed)
    player.specIndex, player.specID = index, player.specs[index]
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
    for _, specID in ipairs(specIDs) do
        player.active[specID] = client.NewConfig(specID, "active", { ranks = {}, choice = {} }, true)
    end
end

-- A saved loadout of the player's own with given talents.
function client.AddLoadout(specID, name, state)
    return client.NewConfig(specID, name, state).ID
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
                tostring(config.sharedBars), Words(config.committed) }, " | ")
        end
    end
    table.sort(lines)
    return table.concat(lines, "\n")
end

function client.ActiveWords() return Words(client.Active().committed) end
function client.ConfigWords(id) return Words(player.configs[id].committed) end
