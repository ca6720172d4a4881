---@meta
-- Shapes that more than one file of the addon uses, for the Lua language server. The game does not
-- load this file.

-- A build as TalentData.lua has it. Every field but the first may be missing in older data.
---@class Build
---@field talentCode string import string
---@field sampleSize integer players looked at
---@field popularity number percent of them that play exactly this
---@field count integer players of exactly this
---@field support integer? players of the same hero tree within 3 swaps, these included
---@field undecided integer? builds that cannot be told from this one by count, which is the nearest to all
---@field heroTree string? in English
---@field generalFits boolean? the general build is as good here
---@field others Build[]? the most popular builds of other hero trees, without sampleSize and popularity
---@field sampleOf Build? of a build among the others: the one beside which it stands
---@field source string? where it is not that of the data: "warcraftlogs", "parses", "feed", "sample"

-- A build that the player has marked for raid night (addon.RaidNight of TalentData.lua).
---@class MarkedBuild
---@field talentCode string import string
---@field heroTree string? in English
---@field encounters integer[]? ids of the encounters that it is for

---@alias Content "raid"|"mythicplus"

-- What can be offered at a moment (Offers.lua).
---@class Offer
---@field kind "general_choice"|"raid"|"mythicplus"|"encounter"
---@field key string what "Don't ask again" is kept for
---@field specID integer
---@field record Build? nil for the general choice
---@field choices table<Content, Build>? of the general choice
---@field hero table<Build, string> names of the hero trees in the player's language
---@field found Found?
---@field name string?
---@field content Content?
---@field auto boolean? may be applied without a question

-- A boss or dungeon that was found, and why (BossFinder.lua).
---@class Found
---@field id integer?
---@field confidence "CERTAIN"|"LIKELY"|"GUESS"|nil
---@field reason string key of a sentence
---@field others integer[] encounters that may be meant instead
---@field name string?

-- TalentDisplay.lua
---@class DisplayedTalent
---@field name string
---@field icon integer|string
---@field atlas string? in place of the icon
---@field spellID integer?
---@field isAbility boolean stands on action bars, is not passive

-- Changes.lua
---@class ShownTalent
---@field nodeID integer
---@field entryID integer
---@field ranks integer
---@field display DisplayedTalent
---@field onBars boolean
---@field place integer

---@class Changes
---@field swaps integer
---@field otherHeroTree boolean
---@field heroNow string?
---@field heroThen string?
---@field lost ShownTalent[]
---@field gained ShownTalent[]
---@field offBars string[] abilities that leave the action bars
---@field newAbilities string[]

-- PromptText.lua
---@class PromptView
---@field title string
---@field lines string[]
---@field strips {label: string, talents: ShownTalent[], gained: boolean}[]
---@field buttons {answer: string?, text: string}[] without an answer: the menu of other bosses

-- BuildList.lua
---@class BuildRow
---@field kind "header"|"build"
---@field text string? of a header
---@field key string? the same as long as the build is there
---@field name string?
---@field record Build|MarkedBuild|nil
---@field content Content?
---@field encounterID integer? nil for general builds
---@field covers string? names of the encounters that a build for raid night is for
---@field isOther boolean? of another hero tree than the row above it
---@field index integer? place in the list

-- BuildsModel.lua
---@class Judgement
---@field fits boolean of the present tree
---@field swaps integer?
---@field otherHeroTree boolean?
---@field hero string? hero tree in the player's language

-- PublicAPI.lua
---@class PublicBuild
---@field specID integer
---@field content Content
---@field encounterID integer?
---@field encounterName string?
---@field mapID integer?
---@field importString string
---@field heroTree string?
---@field count integer?
---@field support integer?
---@field sampleSize integer?
---@field popularity number?
---@field undecided integer?
---@field generalFits boolean
---@field isAlternative boolean
---@field source string?

---@class PublicMarkedBuild
---@field specID integer
---@field importString string
---@field heroTree string?
---@field encounterIDs integer[]
