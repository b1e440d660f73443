import { type ColumnWords, together } from "./columns.ts";
import { record } from "./workspace.ts";

/*
 * Tables of Azure Communication Services and of bots.
 * https://learn.microsoft.com/azure/azure-monitor/reference/tables-category
 */

const communication = together(record, { string: "CorrelationId OperationName OperationVersion" });

const incoming = together(communication, {
  int: "DurationMs",
  string: "Level ResultType URI",
});

const call = together(incoming, {
  int: "ResultSignature",
  string: "CallConnectionId CallerIpAddress SdkType SdkVersion ServerCallId",
});

const email = together(communication, { string: "Category Location" });

const bot = together(record, {
  int: "ResultCode",
  real: "DurationMs",
  string: "BotId Category Channel CorrelationId Level Location OperationName",
});

export const communicationTables: Readonly<Record<string, ColumnWords>> = {
  ABSBotRequests: bot,
  ABSChannelToBotRequests: bot,
  ABSDependenciesRequests: bot,
  ACSAdvancedMessagingOperations: together(incoming, {
    string: "CallerIpAddress Category ChannelId Location MessageStatus MessageType ResultDescription ResultSignature",
  }),
  ACSAuthIncomingOperations: together(incoming, {
    dynamic: "Scopes",
    string: "Category Identity PlatformType ResultDescription ResultSignature SdkType",
  }),
  ACSBillingUsage: together(communication, {
    datetime: "EndTime StartTime",
    real: "Quantity",
    string: "Category ParticipantId RecordId UnitType UsageType UserIdA UserIdB",
  }),
  ACSCallAutomationIncomingOperations: together(call, { string: "OperationId SubOperationName" }),
  ACSCallRecordingIncomingOperations: call,
  ACSCallRecordingSummary: together(record, {
    datetime: "RecordingStartTime",
    int: "AudioChannelsCount ChunkCount",
    real: "RecordingLength",
    string: `ChannelType ContentType CorrelationId FormatType Level OperationName RecordingEndReason RecordingId
      ResultType`,
  }),
  ACSCallSummary: together(communication, {
    datetime: "CallStartTime ParticipantStartTime",
    long: "CallDuration ParticipantDuration",
    string: `CallType Category EndpointId EndpointType Identifier OsVersion ParticipantEndReason ParticipantEndSubCode
      ParticipantId ParticipantTenantId ParticipantType PstnParticipantCallType ResultCategory SdkVersion
      TeamsThreadId`,
  }),
  ACSChatIncomingOperations: together(incoming, {
    int: "ChatMessageId",
    string: "CallerIpAddress Category ChatThreadId PlatformType ResultDescription ResultSignature SdkType UserId",
  }),
  ACSEmailSendMailOperational: together(email, {
    int: "AttachmentsCount BccRecipientsCount CcRecipientsCount ToRecipientsCount UniqueRecipientsCount",
    real: "Size",
    string: "TrafficSource",
  }),
  ACSEmailStatusUpdateOperational: together(email, {
    string: `DeliveryStatus EnhancedSmtpStatusCode FailureMessage FailureReason IsHardBounce RecipientId SenderDomain
      SenderUsername SmtpStatusCode`,
  }),
  ACSEmailUserEngagementOperational: together(email, {
    string: "EngagementContext EngagementType RecipientId UserAgent",
  }),
  ACSJobRouterIncomingOperations: together(communication, {
    real: "DurationMs",
    string: "CallerIpAddress EntityId EntityType Level ResultDescription ResultSignature ResultType SdkType URI",
  }),
  ACSNetworkTraversalDiagnostics: together(record, {
    long: "BytesReceived BytesSent TotalBytesFromClient TotalBytesToClient",
    string: `CallerIpAddress Category CorrelationId Identity Level OperationName Protocol Reason RelayLocation
      ResultSignature ResultType`,
  }),
  ACSNetworkTraversalIncomingOperations: together(incoming, {
    string: "Category Identity PlatformType ResultSignature RouteType SdkType TTL",
  }),
  ACSRoomsIncomingOperations: together(communication, {
    bool: "PstnDialOutEnabled",
    int: `AddedRoomParticipantsCount RemovedRoomParticipantsCount RoomLifespan RoomParticipantsAttendee
      RoomParticipantsConsumer RoomParticipantsCount RoomParticipantsPresenter UpsertedRoomParticipantsCount`,
    string: "Level ResultSignature ResultType RoomId",
  }),
  ACSSMSIncomingOperations: together(incoming, {
    int: "DeliveryAttempts IncomingMessageLength OutgoingMessageLength",
    string: `CallerIpAddress Category Country MessageId Method NumberType PhoneNumber PlatformType ResultDescription
      ResultSignature SdkType`,
  }),
};
