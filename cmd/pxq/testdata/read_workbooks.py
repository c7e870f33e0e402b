"""Opens workbooks with openpyxl and writes as JSON what it finds in them."""

import json
import sys
import warnings

import openpyxl


def table_of(sheet, table):
    first = sheet[table.ref][0]
    body = sheet[table.ref][1]
    return {
        "Name": table.displayName,
        "Ref": table.ref,
        "Columns": [column.name for column in table.tableColumns],
        "Headings": [cell.value for cell in first],
        "Unlocked": [first[i].value for i, cell in enumerate(body) if not cell.protection.locked],
    }


def validation_of(rule):
    return {
        "Type": rule.type,
        "Cells": str(rule.sqref),
        "Formula": rule.formula1 or "",
        "Says": rule.error or "",
    }


def sheet_of(sheet, stored, in_passing):
    rows = sheet.max_row  # before cells are asked for that are not there
    cells = [cell for row in sheet.iter_rows() for cell in row]
    formulas = [cell for cell in cells if cell.data_type == "f"]
    return {
        "Name": sheet.title,
        "Rows": rows,
        "InPassing": in_passing,
        "Frozen": sheet.freeze_panes or "",
        "Tables": [table_of(sheet, table) for table in sheet.tables.values()],
        "Validations": [validation_of(rule) for rule in sheet.data_validations.dataValidation],
        "Charts": len(sheet._charts),
        "Marks": sum(len(area.rules) for area in sheet.conditional_formatting),
        "Notes": sum(cell.comment is not None for cell in cells),
        "Links": [cell.hyperlink.location for cell in cells if cell.hyperlink],
        "Protected": bool(sheet.protection.sheet),
        "Titles": sheet.print_title_rows or "",
        "Orientation": sheet.page_setup.orientation,
        "Paper": sheet.page_setup.paperSize,
        "Formulas": len(formulas),
        "Unstored": [cell.coordinate for cell in formulas if stored[cell.coordinate].value is None],
        "Errors": [cell.coordinate for cell in cells if cell.data_type == "e"],
    }


def rows_in_passing(path):
    """How many rows every sheet has for who reads them without keeping them."""
    book = openpyxl.load_workbook(path, read_only=True)
    counts = {sheet.title: sum(1 for _ in sheet.rows) for sheet in book}
    book.close()
    return counts


def book_of(path):
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        book = openpyxl.load_workbook(path)
        stored = openpyxl.load_workbook(path, data_only=True)
        counts = rows_in_passing(path)
    properties = book.properties
    names = book.defined_names
    return {
        "Path": path,
        "Warnings": [str(warning.message) for warning in caught],
        "Category": properties.category,
        "Creator": properties.creator,
        "Title": properties.title,
        "Language": properties.language,
        "Created": properties.created.date().isoformat(),
        "Names": [name.name for name in names.definedName] if hasattr(names, "definedName") else list(names),
        "Sheets": [sheet_of(sheet, stored[sheet.title], counts[sheet.title]) for sheet in book],
    }


json.dump([book_of(path) for path in sys.argv[1:]], sys.stdout)
