"""Reads an OpenAPI 3.0 document and holds answers against it. It knows what our document uses and
counts the rest as a fault, so that nothing in it goes unheeded."""

import json
import re

TYPES = {"string": str, "integer": int, "boolean": bool, "object": dict, "array": list}
SCHEMA_KEYS = {"type", "properties", "required", "items", "nullable", "allOf", "$ref",
               "description", "additionalProperties", "format"}
METHODS = {"get", "put", "post", "delete"}


def parsed(text):
    return json.loads(text)


class Document:
    def __init__(self, text):
        self.root = json.loads(text)
        self.schemas = self.root.get("components", {}).get("schemas", {})

    def faults(self):
        """What the standard (OpenAPI 3.0.3) does not allow, or we do not read."""
        return list(self.faults_of_document())

    def faults_of_document(self):
        if not re.fullmatch(r"3\.0\.\d+", self.root.get("openapi", "")):
            yield "openapi"
        if set(self.root) - {"openapi", "info", "paths", "components"}:
            yield f"members {set(self.root)}"
        for key in ("title", "version"):
            if not isinstance(self.root.get("info", {}).get(key), str):
                yield f"info/{key}"
        for name, schema in self.schemas.items():
            yield from self.faults_of_schema(schema, name)
        for name, scheme in self.root["components"].get("securitySchemes", {}).items():
            if scheme.get("type") != "http" or scheme.get("scheme") not in ("basic", "bearer"):
                yield f"securitySchemes/{name}"
        for path, methods in self.root["paths"].items():
            if not path.startswith("/") or set(methods) - METHODS:
                yield path
            for method, operation in methods.items():
                yield from self.faults_of_operation(operation, path, f"{method} {path}")

    def faults_of_operation(self, operation, path, where):
        if set(operation) - {"summary", "parameters", "security", "responses"}:
            yield f"{where}: {set(operation)}"
        parameters = operation.get("parameters", [])
        named = {each["name"] for each in parameters if each["in"] == "path"}
        if named != set(re.findall(r"\{(\w+)\}", path)):
            yield f"{where}: parameters {named}"
        for each in parameters:
            if each["in"] not in ("path", "query") or (each["in"] == "path") != each["required"]:
                yield f"{where}: {each['name']}"
            yield from self.faults_of_schema(each["schema"], f"{where} {each['name']}")
        for needs in operation.get("security", []):
            for name in needs:
                if name not in self.root["components"]["securitySchemes"]:
                    yield f"{where}: security {name}"
        if not operation.get("responses"):
            yield f"{where}: no responses"
        for status, response in operation.get("responses", {}).items():
            if not re.fullmatch(r"[1-5]\d\d", status) or not response.get("description"):
                yield f"{where}: {status}"
            for content in response.get("content", {}).values():
                yield from self.faults_of_schema(content["schema"], f"{where} {status}")

    def faults_of_schema(self, schema, where):
        if set(schema) - SCHEMA_KEYS:
            yield f"{where}: {set(schema) - SCHEMA_KEYS}"
        if "$ref" in schema and (set(schema) != {"$ref"} or self.named(schema["$ref"]) is None):
            yield f"{where}: {schema}"
        if "type" in schema and schema["type"] not in TYPES:
            yield f"{where}: {schema['type']}"
        if schema.get("type") == "array" and "items" not in schema:
            yield f"{where}: no items"
        if set(schema.get("required", [])) - set(schema.get("properties", {})):
            yield f"{where}: required"
        for name, each in schema.get("properties", {}).items():
            yield from self.faults_of_schema(each, f"{where}/{name}")
        for each in [*schema.get("allOf", []), *filter(None, [schema.get("items")])]:
            yield from self.faults_of_schema(each, where)

    def named(self, reference):
        return self.schemas.get(reference.removeprefix("#/components/schemas/"))

    def faults_of(self, method, pattern, status, text):
        """What an answer has that the document does not say, or lacks that it says."""
        path = pattern.replace("{}", "{id}")
        operation = self.root["paths"].get(path, {}).get(method.lower())
        if operation is None:
            return [f"{method} {path} is not described"]
        response = operation["responses"].get(str(status))
        if response is None:
            return [f"{status} is not described"]
        if "content" not in response:
            return ["a body that is not described"] if text else []
        schema = response["content"]["application/json"]["schema"]
        return list(self.mismatches(schema, json.loads(text), ""))

    def mismatches(self, schema, value, where):
        if "$ref" in schema:
            yield from self.mismatches(self.named(schema["$ref"]), value, where)
            return
        if value is None and schema.get("nullable"):
            return
        for each in schema.get("allOf", []):
            yield from self.mismatches(each, value, where)
        if "type" in schema and type(value) is not TYPES[schema["type"]]:
            yield f"{where}: {value!r} is no {schema['type']}"
        elif isinstance(value, list):
            for number, each in enumerate(value):
                yield from self.mismatches(schema["items"], each, f"{where}/{number}")
        elif isinstance(value, dict) and "properties" in schema:
            for name in schema.get("required", []):
                if name not in value:
                    yield f"{where}/{name} is missing"
            for name, each in value.items():
                if name not in schema["properties"]:
                    yield f"{where}/{name} is not described"
                else:
                    yield from self.mismatches(schema["properties"][name], each, f"{where}/{name}")
