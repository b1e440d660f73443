import { describe, expect, test } from "vitest";
import { namesIn } from "../../src/readers/catalogue/columns.ts";
import { packNames } from "../../src/readers/catalogue/pack-names.ts";
import { schemaPack } from "../../src/readers/catalogue/packs.ts";
import { sentinelTables } from "../../src/readers/catalogue/sentinel.ts";

const typeIn = (pack: (typeof packNames)[number], table: string, column: string) =>
  schemaPack(pack)
    .columns(table)
    ?.find(({ name }) => name === column)?.type;

describe("schema packs", () => {
  test("hold the tables that detections read", () => {
    expect(schemaPack("xdr").tables.length).toBeGreaterThanOrEqual(62);
    expect(schemaPack("sentinel").tables.length).toBeGreaterThan(600);
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

  test("know the tables of databases and of containers", () => {
    expect(typeIn("sentinel", "CDBDataPlaneRequests", "StatusCode")).toBe("int");
    expect(typeIn("sentinel", "CDBMongoRequests", "RetriedDueToRateLimiting")).toBe("bool");
    expect(typeIn("sentinel", "DatabricksAccounts", "Identity")).toBe("string");
    expect(typeIn("sentinel", "DatabricksDashboards", "Identity")).toBe("dynamic");
    expect(typeIn("sentinel", "DatabricksDashboards", "SourceIpAddress")).toBe("string");
    expect(typeIn("sentinel", "DatabricksDashboards", "SourceIPAddress")).toBeUndefined();
    expect(typeIn("sentinel", "HDInsightRangerAuditLogs", "Policy")).toBe("int");
    expect(typeIn("sentinel", "SynapseSqlPoolExecRequests", "SubmitTime")).toBe("datetime");
    expect(typeIn("sentinel", "SqlDataClassification", "TablesCount")).toBe("int");
    expect(typeIn("sentinel", "ContainerLogV2", "LogMessage")).toBe("dynamic");
    expect(typeIn("sentinel", "ContainerLog", "LogEntry")).toBe("string");
    expect(typeIn("sentinel", "KubeEvents", "Count")).toBe("real");
    expect(typeIn("unified", "ContainerRegistryLoginEvents", "DurationMs")).toBe("string");
    expect(typeIn("xdr", "KubePodInventory", "PodUid")).toBeUndefined();
  });

  test("know the tables of networks, of desktops and of further resources", () => {
    expect(typeIn("sentinel", "NTANetAnalytics", "IsFlowCapturedAtUdrHop")).toBe("bool");
    expect(typeIn("sentinel", "NSPAccessLogs", "SourcePort")).toBe("string");
    expect(typeIn("sentinel", "DNSQueryLogs", "Answer")).toBe("dynamic");
    expect(typeIn("sentinel", "NetworkAccessTraffic", "SentBytes")).toBe("long");
    expect(typeIn("sentinel", "MicrosoftAzureBastionAuditLogs", "SessionStartTime")).toBe("datetime");
    expect(typeIn("sentinel", "MicrosoftAzureBastionAuditLogs", "SessionEndTime")).toBe("string");
    expect(typeIn("sentinel", "CoreAzureBackup", "BackupItemFrontEndSize")).toBe("real");
    expect(typeIn("sentinel", "WVDErrors", "Code")).toBe("long");
    expect(typeIn("sentinel", "Windows365AuditLogs", "UserPrincipalName")).toBe("string");
    expect(typeIn("unified", "FunctionAppLogs", "LevelId")).toBe("int");
  });

  test("know what is connected: other clouds, Microsoft 365, the Power Platform", () => {
    expect(typeIn("sentinel", "GCPAuditLogs", "AuthorizationInfo")).toBe("dynamic");
    expect(typeIn("sentinel", "GCPAuditLogs", "_ResourceId")).toBeUndefined();
    expect(typeIn("sentinel", "DataverseActivity", "Fields")).toBe("dynamic");
    expect(typeIn("sentinel", "EnrichedMicrosoft365AuditLogs", "RecordType")).toBe("int");
    expect(typeIn("sentinel", "MicrosoftPurviewInformationProtection", "LabelAppliedDateTime")).toBe("datetime");
    expect(typeIn("sentinel", "MDCFileIntegrityMonitoringEvents", "InitProcVersionInfoProductName")).toBe("string");
    expect(typeIn("sentinel", "MDECustomCollectionDeviceFileEvents", "InitProcessFileSize")).toBe("long");
    expect(typeIn("sentinel", "PowerPlatformAdminActivity", "PropertyCollection")).toBe("dynamic");
    expect(typeIn("sentinel", "PowerBIDatasetsWorkspace", "ReplicaId")).toBe("string");
    expect(typeIn("sentinel", "PowerBIDatasetsTenant", "ReplicaId")).toBeUndefined();
    expect(typeIn("sentinel", "SecureScores", "CurrentScore")).toBe("real");
    expect(typeIn("sentinel", "ThreatIntelObjects", "StixType")).toBe("string");
  });

  test("know what machines report", () => {
    expect(typeIn("sentinel", "LinuxAuditLog", "auid")).toBe("long");
    expect(typeIn("sentinel", "LinuxAuditLog", "syscall")).toBe("string");
    expect(typeIn("sentinel", "DnsAuditEvents", "LastRolloverTime")).toBe("datetime");
    expect(typeIn("sentinel", "ConfigurationChange", "PreviousSize")).toBe("long");
    expect(typeIn("sentinel", "IntuneDevices", "StorageFree")).toBe("long");
    expect(typeIn("sentinel", "ProtectionStatus", "ThreatStatusRank")).toBe("int");
    expect(typeIn("sentinel", "UCClient", "IsVirtual")).toBe("bool");
    expect(typeIn("sentinel", "SecurityBaselineSummary", "CriticalFailedRules")).toBe("int");
    expect(typeIn("sentinel", "SecurityEvent", "EventRecordId")).toBe("string");
    expect(typeIn("sentinel", "SecurityEvent", "SystemThreadId")).toBe("int");
  });

  test("know the tables of applications, of messages and of Entra", () => {
    expect(typeIn("sentinel", "AKSAudit", "ObjectRef")).toBe("dynamic");
    expect(typeIn("sentinel", "AGWFirewallLogs", "ClientPort")).toBe("int");
    expect(typeIn("sentinel", "ApiManagementGatewayLogs", "BackendTime")).toBe("long");
    expect(typeIn("sentinel", "AppRequests", "Success")).toBe("bool");
    expect(typeIn("sentinel", "AppTraces", "SeverityLevel")).toBe("int");
    expect(typeIn("sentinel", "AppServiceHTTPLogs", "ScStatus")).toBe("int");
    expect(typeIn("sentinel", "AppServiceHTTPLogs", "SPort")).toBe("string");
    expect(typeIn("sentinel", "AZMSRunTimeAuditLogs", "Properties")).toBe("dynamic");
    expect(typeIn("sentinel", "ACSAuthIncomingOperations", "Scopes")).toBe("dynamic");
    expect(typeIn("sentinel", "ADXCommand", "LastUpdatedOn")).toBe("datetime");
    expect(typeIn("sentinel", "AADDomainServicesLogonLogoff", "LogonType")).toBe("int");
    expect(typeIn("sentinel", "AADCustomSecurityAttributeAuditLogs", "TargetResources")).toBe("dynamic");
  });

  test("leave out a table whose columns depend on what writes it", () => {
    expect(schemaPack("unified").columns("AzureDiagnostics")).toBeUndefined();
  });

  test("say which tables are usual", () => {
    const usual = new Set(schemaPack("unified").usual);
    for (const table of ["SigninLogs", "DeviceEvents", "ASimDnsActivityLogs", "Syslog"]) expect(usual).toContain(table);
    for (const table of ["DatabricksJobs", "AKSAudit"]) expect(usual).not.toContain(table);
    expect(schemaPack("xdr").usual).toEqual(schemaPack("xdr").tables);
  });

  test("say one type of a column of a workspace", () => {
    const twice = Object.entries(sentinelTables).flatMap(([table, words]) => {
      const types = new Map<string, string>();
      return Object.entries(words).flatMap(([type, names]) =>
        namesIn(names)
          .filter((name) => {
            const known = types.get(name) ?? type;
            types.set(name, known);
            return known !== type;
          })
          .map((name) => `${table}.${name}`),
      );
    });
    expect(twice).toEqual([]);
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
