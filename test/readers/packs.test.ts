import { describe, expect, test } from "vitest";
import { packNames } from "../../src/readers/catalogue/pack-names.ts";
import { schemaPack } from "../../src/readers/catalogue/packs.ts";

const typeIn = (pack: (typeof packNames)[number], table: string, column: string) =>
  schemaPack(pack)
    .columns(table)
    ?.find(({ name }) => name === column)?.type;

describe("schema packs", () => {
  test("hold the tables that detections read", () => {
    expect(schemaPack("xdr").tables.length).toBeGreaterThanOrEqual(62);
    expect(schemaPack("sentinel").tables.length).toBeGreaterThan(60);
    const unified = new Set(schemaPack("unified").tables);
    for (const pack of packNames) expect(schemaPack(pack).tables.filter((table) => !unified.has(table))).toEqual([]);
  });

  test.each(packNames)("%s: every table has columns, each once", (name) => {
    const pack = schemaPack(name);
    for (const table of pack.tables) {
      const columns = pack.columns(table)?.map((column) => column.name) ?? [];
      expect(columns.length, table).toBeGreaterThan(3);
      expect(new Set(columns).size, table).toBe(columns.length);
    }
  });

  test("know what a workspace adds, and what advanced hunting has alone", () => {
    expect(typeIn("xdr", "DeviceEvents", "Timestamp")).toBe("datetime");
    expect(typeIn("xdr", "DeviceEvents", "TimeGenerated")).toBeUndefined();
    expect(typeIn("sentinel", "DeviceEvents", "TimeGenerated")).toBe("datetime");
    expect(typeIn("unified", "DeviceEvents", "TimeGenerated")).toBe("datetime");
    expect(schemaPack("sentinel").columns("DeviceTvmInfoGathering")).toBeUndefined();
    expect(schemaPack("xdr").columns("SigninLogs")).toBeUndefined();
    expect(schemaPack("xdr").columns("toString")).toBeUndefined();
  });

  test("know the tables of Azure Firewall, of AWS and of anomalies", () => {
    expect(typeIn("sentinel", "AZFWNatRule", "TranslatedPort")).toBe("int");
    expect(typeIn("unified", "AZFWDnsQuery", "RequestDurationSecs")).toBe("real");
    expect(typeIn("sentinel", "AZFWFlowTrace", "Flag")).toBe("string");
    expect(typeIn("sentinel", "AZFWThreatIntel", "IsTlsInspected")).toBe("bool");
    expect(typeIn("sentinel", "AZFWFatFlow", "FlowRate")).toBe("real");
    expect(typeIn("sentinel", "AWSCloudWatch", "ExtractedTime")).toBe("datetime");
    expect(typeIn("sentinel", "AVSSyslog", "LogCreationTime")).toBe("datetime");
    expect(typeIn("sentinel", "ASimDhcpEventLogs", "DhcpLeaseDuration")).toBe("int");
    expect(typeIn("sentinel", "ASimDhcpEventLogs", "SrcUserSessionId")).toBe("string");
    expect(typeIn("sentinel", "AZFWIdpsSignature", "Severity")).toBe("int");
    expect(typeIn("sentinel", "AZFWNetworkRuleAggregation", "IsDefaultRule")).toBe("bool");
    expect(typeIn("unified", "Anomalies", "Score")).toBe("real");
    expect(typeIn("xdr", "Anomalies", "Score")).toBeUndefined();
  });

  test("know the tables of storage, of machines, of Key Vault and of recommendations", () => {
    expect(typeIn("sentinel", "StorageBlobLogs", "AccessTier")).toBe("string");
    expect(typeIn("sentinel", "StorageFileLogs", "SmbCommandMajor")).toBe("int");
    expect(typeIn("sentinel", "StorageQueueLogs", "AuthorizationDetails")).toBe("dynamic");
    expect(typeIn("sentinel", "StorageTableLogs", "AccessTier")).toBeUndefined();
    expect(typeIn("sentinel", "VMProcess", "Services")).toBe("dynamic");
    expect(typeIn("sentinel", "VMComputer", "PhysicalMemoryMB")).toBe("long");
    expect(typeIn("sentinel", "AZKVAuditLogs", "IsRbacAuthorized")).toBe("bool");
    expect(typeIn("sentinel", "SQLSecurityAuditEvents", "TransactionId")).toBe("long");
    expect(typeIn("sentinel", "SecurityRecommendation", "DiscoveredTimeUTC")).toBe("datetime");
    expect(typeIn("unified", "AzureMetrics", "Average")).toBe("real");
    expect(typeIn("unified", "WireData", "SessionEndTime")).toBe("datetime");
  });

  test("know normalised events", () => {
    expect(typeIn("sentinel", "ASimAuditEventLogs", "TargetPortNumber")).toBe("int");
    expect(typeIn("sentinel", "ASimAuthenticationEventLogs", "LogonProtocol")).toBe("string");
    expect(typeIn("sentinel", "ASimDnsActivityLogs", "ThreatFirstReportedTime")).toBe("string");
    expect(typeIn("sentinel", "ASimFileEventLogs", "SrcFileSize")).toBe("long");
    expect(typeIn("sentinel", "ASimNetworkSessionLogs", "TcpFlagsSyn")).toBe("bool");
    expect(typeIn("unified", "ASimProcessEventLogs", "TargetProcessCreationTime")).toBe("datetime");
    expect(typeIn("unified", "ASimProcessEventLogs", "ParentProcessCommandLine")).toBeUndefined();
    expect(typeIn("unified", "ASimRegistryEventLogs", "SrcIpAddr")).toBeUndefined();
    expect(typeIn("unified", "ASimWebSessionLogs", "HttpRequestTime")).toBe("int");
    expect(typeIn("unified", "ASimUserManagementActivityLogs", "GroupNameType")).toBe("string");
  });

  test("name a resource where one of Azure wrote the record", () => {
    expect(typeIn("sentinel", "AZFWNatRule", "_ResourceId")).toBe("string");
    expect(typeIn("sentinel", "AWSCloudTrail", "_ResourceId")).toBeUndefined();
    expect(typeIn("sentinel", "AWSCloudTrail", "_ItemId")).toBe("string");
  });

  test("know the types of both", () => {
    expect(typeIn("xdr", "IdentityLogonEvents", "Port")).toBe("int");
    expect(typeIn("sentinel", "IdentityLogonEvents", "Port")).toBe("string");
    expect(typeIn("xdr", "IdentityInfo", "OnPremSid")).toBe("string");
    expect(typeIn("sentinel", "IdentityInfo", "OnPremSid")).toBeUndefined();
    expect(typeIn("unified", "IdentityInfo", "OnPremSid")).toBe("string");
    expect(typeIn("unified", "IdentityInfo", "AccountUPN")).toBe("string");
  });
});
