"""The units of a generated city: the portal, counties, departments, and their bureaus in turn."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from tests.bench.words import counties, towns, trades

__all__ = ["Place", "places"]

_CITY = "140500"
_COUNTIES = {
    "城区": ("chengqu", "140502", "城"),
    "泽州县": ("zezhou", "140525", "泽"),
    "高平市": ("gaoping", "140581", "高"),
    "阳城县": ("yangcheng", "140522", "阳"),
    "陵川县": ("lingchuan", "140524", "陵"),
    "沁水县": ("qinshui", "140521", "沁"),
}
_FORMS = {
    "education": "jyj",
    "transport": "jtj",
    "water": "slj",
    "farming": "nyncj",
    "health": "wjw",
    "environment": "sthj",
    "housing": "zjj",
    "tourism": "wlj",
    "emergency": "yjj",
    "market": "scjg",
    "labour": "rsj",
    "civil": "mzj",
    "industry": "gxj",
    "land": "zrzy",
}
_SHORT = 12  # signs of a short name
# What a large city's townships have besides, each with a site of its own.
_OFFICES = {"education": "中心学校", "health": "卫生院", "farming": "农业技术推广站"}


@dataclass(frozen=True, slots=True)
class Place:
    """One unit: what it is called, where it stands, and what it deals with."""

    id: str
    serial: int
    name: str
    short: str
    type: str
    parent: str
    division: str
    county: str  # empty for the city's own
    trade: str
    sign: str  # what its document numbers begin with
    has_site: bool

    @property
    def organ(self) -> str:
        """The code that its index numbers begin with."""
        return f"11405{self.serial:07}"

    @property
    def host(self) -> str:
        """The host of its site."""
        name = "www" if self.id == "portal" else self.id
        return f"{name}.jincheng-sample.gov.cn"


def places(sites: int) -> list[Place]:
    """The city, its office, the portal, then units until there are `sites` sites.

    Every fifth department besides has no site of its own and is shown by the one above it.
    Errors: ValueError where the city has no more organs to open a site.
    """
    found = [
        _place("city", 1, "晋城市人民政府", "市政府", "city", "", trade="government", site=False),
        _place(
            "portal", 2, "晋城市大数据应用局", "市大数据局", "platform", "city", trade="industry"
        ),
        _place(
            "sfb",
            3,
            "晋城市人民政府办公室",
            "市政府办",
            "department",
            "city",
            trade="government",
            site=False,
        ),
    ]
    with_sites = 1
    for place in _more():
        if with_sites == sites:
            return found
        found.append(place)
        with_sites += place.has_site
    raise ValueError(f"the city has {with_sites} sites at most")


def _place(
    id_: str,
    serial: int,
    name: str,
    short: str,
    type_: str,
    parent: str,
    *,
    county: str = "",
    trade: str,
    site: bool = True,
) -> Place:
    division = _COUNTIES[county][1] if county else _CITY
    sign = (_COUNTIES[county][2] if county else "晋市") + trades()[trade].sign
    if type_ == "platform":
        sign = "晋市数"
    if id_ == "sfb":
        sign = "晋市政办"
    if type_ == "township":
        sign = short[:-1] + "政"
    if short.endswith(tuple(_OFFICES.values())):
        sign = short.removesuffix(_OFFICES[trade])[:-1] + trades()[trade].sign
    return Place(
        id_, serial, name, short, type_, parent, division, county, trade, sign + "发", site
    )


def _more() -> Iterator[Place]:
    serial = iter(range(11, 10000))
    for county, (id_, _, _) in _COUNTIES.items():
        name = f"{'晋城市' if county == '城区' else ''}{county}人民政府"
        yield _place(
            id_, next(serial), name, county, "county", "city", county=county, trade="government"
        )
    for trade, id_ in _FORMS.items():
        office = trades()[trade].office
        yield _place(
            id_, next(serial), f"晋城市{office}", f"市{office}", "department", "city", trade=trade
        )
    for number, (trade, form) in enumerate(_FORMS.items()):
        for county, (id_, _, _) in _COUNTIES.items():
            office = trades()[trade].office
            name = f"{'晋城市' if county == '城区' else ''}{county}{office}"
            yield _place(
                f"{id_}-{form}",
                next(serial),
                name,
                (county if len(county + office) <= _SHORT else county[:-1]) + office,
                "department",
                id_,
                county=county,
                trade=trade,
                site=number % 5 != 4,
            )
    for county, number, town in _towns():
        id_ = _COUNTIES[county][0]
        name = f"{county}{town}人民政府" if not town.endswith("街道") else f"{county}{town}办事处"
        yield _place(
            f"{id_}-z{number:02}",
            next(serial),
            name,
            town,
            "township",
            id_,
            county=county,
            trade="government",
        )
    for trade, office in _OFFICES.items():
        for county, number, town in _towns():
            above = f"{_COUNTIES[county][0]}-z{number:02}"
            yield _place(
                f"{above}-{_FORMS[trade]}",
                next(serial),
                f"{county}{town}{office}",
                f"{town}{office}",
                "department",
                above,
                county=county,
                trade=trade,
            )


def _towns() -> Iterator[tuple[str, int, str]]:
    """The townships of all counties, numbered in each."""
    for county in counties():
        for number, town in enumerate(islice(towns()[county], 12), 1):
            yield county, number, town
