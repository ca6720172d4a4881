"""The documents we send, held against the schemas."""

from __future__ import annotations

from typing import TYPE_CHECKING

import graphql
import pytest

from att_desktop.game.specs import SPECS
from att_desktop.sources.warcraftlogs.queries import (
    Query,
    actors_query,
    import_code_query,
    live_query,
    points_query,
    rankings_query,
    zones_query,
)
from att_desktop.sources.warcraftlogs.rankings_page import RankingsRequest
from tests.shared_data import shared_data
from tests.sources.warcraftlogs.server import OWN_SCHEMA

if TYPE_CHECKING:
    from collections.abc import Iterator

WHOLE = RankingsRequest(encounter_id=3470, difficulty=5, metric="hps", partition=2, page=3)
LATEST = RankingsRequest(encounter_id=12993, difficulty=0, metric="playerscore")
QUERIES = [
    points_query(),
    zones_query(),
    live_query([(3470, 4)]),
    live_query([(3470, 4), (12993, 10)]),
    rankings_query(SPECS[253], [WHOLE]),
    rankings_query(SPECS[1480], [WHOLE, LATEST] * 6),
    actors_query("37FzMg9pVPH6fnJT"),
    import_code_query("37FzMg9pVPH6fnJT", 16, 4),
]


def real_schema() -> graphql.GraphQLSchema:
    return graphql.build_schema(shared_data("wcl/schema.graphql").read_text("utf-8"))


def own_schema() -> graphql.GraphQLSchema:
    return graphql.build_schema(OWN_SCHEMA.read_text("utf-8"))


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.operation)
@pytest.mark.parametrize("schema", [own_schema, real_schema])
def test_a_document_is_valid(schema: object, query: Query) -> None:
    assert callable(schema)
    document = graphql.parse(query.document)
    assert graphql.validate(schema(), document) == []
    (operation,) = document.definitions
    assert isinstance(operation, graphql.OperationDefinitionNode)
    assert operation.name is not None
    assert operation.name.value == query.operation
    declared = {variable.variable.name.value for variable in operation.variable_definitions or ()}
    assert set(query.variables) <= declared


def parts(schema: graphql.GraphQLSchema) -> Iterator[tuple[str, str]]:
    for name, kind in schema.type_map.items():
        if name.startswith("__"):
            continue
        if isinstance(kind, graphql.GraphQLEnumType):
            yield from ((f"{name}.{value}", "") for value in kind.values)
        elif isinstance(kind, graphql.GraphQLObjectType):
            for field_name, field in kind.fields.items():
                yield f"{name}.{field_name}", str(field.type)
                for argument_name, argument in field.args.items():
                    yield f"{name}.{field_name}({argument_name})", str(argument.type)


def test_our_schema_is_a_part_of_the_real_one() -> None:
    real = dict(parts(real_schema()))
    ours = dict(parts(own_schema()))
    assert {part: kind for part, kind in ours.items() if real.get(part) != kind} == {}


def test_slugs_have_no_spaces() -> None:
    variables = rankings_query(SPECS[253], [WHOLE]).variables
    assert (variables["className"], variables["specName"]) == ("Hunter", "BeastMastery")
    variables = rankings_query(SPECS[1480], [WHOLE]).variables
    assert (variables["className"], variables["specName"]) == ("DemonHunter", "Devourer")


def test_rows_come_from_logs_and_with_talents() -> None:
    document = rankings_query(SPECS[253], [WHOLE]).document
    assert "leaderboard: LogsOnly" in document
    assert "includeCombatantInfo: true" in document


def test_what_is_not_asked_for_is_left_to_the_server() -> None:
    variables = rankings_query(SPECS[253], [WHOLE, LATEST]).variables
    assert variables["t0"] == 2
    assert variables["d0"] == 5
    assert "t1" not in variables
    assert "d1" not in variables


def test_every_query_carries_the_points() -> None:
    assert all("rateLimitData" in query.document for query in QUERIES)
