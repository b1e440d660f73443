import { expect, test } from "vitest";
import { namesIn } from "../../src/readers/catalogue/columns.ts";
import { defenderTables } from "../../src/readers/catalogue/defender.ts";
import { sentinelTables } from "../../src/readers/catalogue/sentinel.ts";
import { catalogueColumns, catalogueTables } from "../../src/readers/catalogue/tables.ts";

test("the catalogue knows the tables that detections read", () => {
  const wanted = `AADSignInEventsBeta AuditLogs AzureActivity CommonSecurityLog DeviceEvents DeviceFileEvents DeviceInfo
    DeviceLogonEvents DeviceNetworkEvents DeviceProcessEvents EmailEvents IdentityLogonEvents OfficeActivity SecurityAlert
    SecurityEvent SecurityIncident SigninLogs Syslog`;
  expect(namesIn(wanted).filter((table) => !catalogueTables.includes(table))).toEqual([]);
});

// From the pages of https://learn.microsoft.com/azure/azure-monitor/reference/tables-category
test.each([
  ["DeviceNetworkEvents", "RemotePort", "int"],
  ["DeviceNetworkEvents", "Timestamp", "datetime"],
  ["DeviceNetworkEvents", "TimeGenerated", "datetime"],
  ["DeviceNetworkEvents", "InitiatingProcessParentId", "long"],
  ["DeviceProcessEvents", "ProcessVersionInfoCompanyName", "string"],
  ["DeviceProcessEvents", "AdditionalFields", "dynamic"],
  ["DeviceLogonEvents", "IsLocalAdmin", "bool"],
  ["DeviceRegistryEvents", "PreviousRegistryValueData", "string"],
  ["DeviceInfo", "OSBuild", "long"],
  ["EmailEvents", "AttachmentCount", "int"],
  ["AADSignInEventsBeta", "RiskLevelDuringSignIn", "int"],
  ["SigninLogs", "ResultType", "string"],
  ["SigninLogs", "Status", "dynamic"],
  ["AADNonInteractiveUserSignInLogs", "Status", "string"],
  ["SecurityEvent", "EventID", "int"],
  ["SecurityEvent", "ProcessId", "string"],
  ["CommonSecurityLog", "SentBytes", "long"],
  ["SecurityIncident", "IncidentNumber", "int"],
])("in %s, %s is %s", (table, column, type) => {
  expect(catalogueColumns(table)?.get(column)).toBe(type);
});

test("no column of a table has two types", () => {
  const twice = Object.entries({ ...sentinelTables, ...defenderTables }).flatMap(([table, words]) => {
    const types = new Map<string, string>();
    return Object.entries(words).flatMap(([type, names]) =>
      namesIn(names).flatMap((name) => {
        const before = types.get(name);
        types.set(name, type);
        return before === undefined || before === type ? [] : [`${table}.${name}: ${before}, ${type}`];
      }),
    );
  });
  expect(twice).toEqual([]);
});

test("other tables are not in it", () => {
  expect(catalogueColumns("devicenetworkevents")).toBeUndefined();
  expect(catalogueColumns("constructor")).toBeUndefined();
  // A file of that name may be anybody's.
  expect(catalogueColumns("Usage")).toBeUndefined();
});
