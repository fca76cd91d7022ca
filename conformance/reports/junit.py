"""The report continuous-integration servers read: JUnit XML, one test case per case."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

from ..harness.property_results import PropertyResult
from ..harness.results import CaseResult, EntryResult, Report
from ..harness.status import RIGHT, WRONG, Status
from . import failure, violation

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render(report: Report) -> str:
    """Render a report as XML; a problem is an error of the run itself."""
    root = ET.Element("testsuites", name="goldenrule")
    for entry in report.entries:
        suite = ET.SubElement(root, "testsuite", name=_clean(entry.id))
        if not entry.cases:
            case = ET.SubElement(suite, "testcase", classname=_clean(entry.id), name="entry")
            ET.SubElement(case, "skipped", message=_clean(entry.reason))
        for result in entry.cases:
            _case(suite, entry, result)
        _count(suite)
    for item in report.objects:
        name = item.property_id("*").replace("/*", "")
        suite = ET.SubElement(root, "testsuite", name=_clean(name))
        for result in item.properties:
            _property(suite, name, result)
        _count(suite)
    if report.problems:
        suite = ET.SubElement(root, "testsuite", name="problems")
        for problem in report.problems:
            name = _clean(problem.subject)
            case = ET.SubElement(suite, "testcase", classname="problems", name=name)
            ET.SubElement(case, "error", message=_clean(problem.message))
        _count(suite)
    ET.indent(root)
    return ET.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def _case(suite: ET.Element, entry: EntryResult, result: CaseResult) -> None:
    case = ET.SubElement(
        suite,
        "testcase",
        classname=_clean(entry.id),
        name=_clean(result.case.id),
        time=f"{result.seconds:.6f}",
    )
    if result.status is Status.ERROR:
        ET.SubElement(case, "error", message=_clean(result.reason))
    elif result.status in WRONG:
        ET.SubElement(case, "failure", message=_clean(failure.describe(result)))
    elif result.status is Status.PASSED and result.missing:
        ET.SubElement(case, "system-out").text = f"not returned: {', '.join(result.missing)}"
    elif result.status is not Status.PASSED:
        ET.SubElement(case, "skipped", message=_clean(f"{result.status}: {result.reason}"))


def _property(suite: ET.Element, object_name: str, result: PropertyResult) -> None:
    case = ET.SubElement(
        suite,
        "testcase",
        classname=_clean(object_name),
        name=result.name,
        time=f"{result.seconds:.6f}",
    )
    if result.status is Status.ERROR:
        ET.SubElement(case, "error", message=_clean(result.reason))
    elif result.status in WRONG:
        ET.SubElement(case, "failure", message=_clean(violation.describe(result)))
    elif result.status not in RIGHT:
        ET.SubElement(case, "skipped", message=_clean(f"{result.status}: {result.reason}"))


def _count(suite: ET.Element) -> None:
    suite.set("tests", str(len(suite)))
    for attribute, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        suite.set(attribute, str(len(suite.findall(f"testcase/{tag}"))))


def _clean(text: str) -> str:
    """Replace what XML 1.0 cannot hold."""
    return _NOT_XML.sub("\ufffd", text)
