import { type ColumnWords, together } from "./columns.ts";
import { unowned } from "./workspace.ts";

/*
 * Tables of what is connected to Microsoft Sentinel: other clouds, products of security, Microsoft's own services.
 * https://learn.microsoft.com/azure/azure-monitor/reference/tables-category
 */

export const connectedTables: Readonly<Record<string, ColumnWords>> = {
  ConfidentialWatchlist: together(unowned, {
    datetime: "CreatedTimeUTC LastUpdatedTimeUTC TimeToLive _DTTimestamp",
    dynamic: "CreatedBy EntityMapping UpdatedBy WatchlistItem",
    string: `AzureTenantId CorrelationId DefaultDuration Notes Provider SearchKey Source Tags WatchlistAlias
      WatchlistCategory WatchlistId WatchlistItemId WatchlistName _DTItemId _DTItemStatus _DTItemType`,
  }),
  DataverseActivity: together(unowned, {
    dynamic: "Fields QueryResults",
    string: `ClientIp CorrelationId CrmOrganizationUniqueName EntityId EntityName InstanceUrl ItemType ItemUrl Message
      Operation OrganizationId OriginalObjectId Query ResultStatus ServiceContextId ServiceContextIdType ServiceName
      SourceRecordId SystemUserId UserAgent UserId UserKey UserType UserUpn`,
  }),
  DefenderIoTRawEvent: together(unowned, {
    bool: "IsEmpty",
    datetime: "TimeStamp",
    dynamic: "EventDetails",
    string: `AgentVersion AssociatedResourceId AzureSubscriptionId DeviceId IoTRawEventId RawEventCategory RawEventName
      RawEventType`,
  }),
};
