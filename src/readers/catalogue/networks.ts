import { type ColumnWords, together } from "./columns.ts";
import { record, unowned } from "./workspace.ts";

/* Tables of Azure's networks. https://learn.microsoft.com/azure/azure-monitor/reference/tables-category */

const nginx = together(record, { string: "Facility FilePath Location Message Severity Tag" });

const fabricUpdate = together(record, {
  dynamic: "Properties",
  long: "DeviceTime",
  string: "DeviceId EventCategory EventName FabricId",
});

const networkManager = together(record, {
  string: "CorrelationId Location LogLevel Message OperationName ResultType",
});

export const networkTables: Readonly<Record<string, ColumnWords>> = {
  ATCPrivatePeeringMetadata: together(record, {
    dynamic: "IpSubnet",
    int: "IpMask",
    string: `ATCRegion ATCResourceId ExRCircuitId ExRCircuitServiceKey OperationName SchemaVersion VnetAddressPrefix
      VnetId VnetLocation VnetName VnetResourceGroup VnetSubscriptionId`,
  }),
  AVNMConnectivityConfigurationChange: together(networkManager, {
    dynamic: "AppliedConnectivityConfigurations NetworkResourceIds",
    string: "SelfDiagnosis",
  }),
  AVNMIPAMPoolAllocationChange: together(networkManager, {
    dynamic: "AllocationResources",
    string: "ChangeReason ChangeType",
  }),
  AVNMNetworkGroupMembershipChange: together(networkManager, {
    dynamic: "GroupMemberships NetworkResourceIds",
    string: "DetailedMessage",
  }),
  AVNMRuleCollectionChange: together(networkManager, {
    dynamic: "AppliedRuleCollectionIds NetworkResourceIds",
    string: "SelfDiagnosis",
  }),
  ATCExpressRouteCircuitIpfix: together(record, {
    datetime: "FlowRecordTime",
    int: `DestinationPort Dot1qCustomerVlanId Dot1qVlanId DstAsn DstMask IcmpType IpClassOfService IpProtocolIdentifier
      IpVerCode MaxTtl MinTtl Protocol SourcePort SrcAsn SrcMask TcpFlag`,
    long: "Flowsequence NumberOfBytes NumberOfPackets",
    string: `ATCRegion ATCResourceId BgpNextHop DestinationIp DstSubnet ExRCircuitDirectPortId ExRCircuitId
      ExRCircuitServiceKey NextHop OperationName PeeringType SchemaVersion SourceIp SrcSubnet`,
  }),
  DNSQueryLogs: together(record, {
    dynamic: "AdditionalRecords Answer Authority",
    int: "DestinationPort QueryResponseTime ResponseCode SourcePort",
    string: `DestinationIpAddress DnsForwardingRulesetDomain DnsForwardingRulesetId OperationName
      PrivateResolverEndpointId QueryClass QueryName QueryType Region ResolutionPath ResolverPolicyDomainListId
      ResolverPolicyId ResolverPolicyRuleAction SourceIpAddress Transport Version VirtualNetworkId`,
  }),
  NGXOperationLogs: nginx,
  NGXSecurityLogs: nginx,
  NSPAccessLogs: together(record, {
    string: `AccessRuleVersion AppId Category DestinationEmailAddress DestinationFqdn DestinationParameters
      DestinationPhoneNumber DestinationPort DestinationProtocol DestinationResourceId Location MatchedRule
      OperationName OperationVersion Parameters Profile ResultAction ResultDescription ResultDirection RuleType
      ServiceFqdn ServiceResourceId SourceAppId SourceIpAddress SourceParameters SourcePerimeterGuids SourcePort
      SourceProtocol SourceResourceId TrafficType`,
  }),
  NTAInsights: together(unowned, {
    datetime: "IntervalEnd IntervalStart ProcessingTime TrafficTime",
    real: "AdFlag AdScore Periodicity SeriesNumber TrafficVolumeActual TrafficVolumeBaseline",
    string: `AggregationType DataPoints FlowStatus InsightsResourceId PivotType Region SchemaVersion SubType
      TrafficVolumeUnit`,
  }),
  NTAIpDetails: together(unowned, {
    datetime: "FlowIntervalEndTime FlowIntervalStartTime",
    int: "Port",
    string: "DnsDomain FaSchemaVersion FlowType Ip Location PublicIpDetails SubType ThreatDescription ThreatType Url",
  }),
  NTANetAnalytics: together(unowned, {
    bool: "IsFlowCapturedAtUdrHop",
    datetime: "FlowEndTime FlowIntervalEndTime FlowIntervalStartTime FlowStartTime TimeProcessed",
    int: "DestPort SrcPort",
    long: `AllowedInFlows AllowedOutFlows BytesDestToSrc BytesSrcToDest CompletedFlows DeniedInFlows DeniedOutFlows
      PacketsDestToSrc PacketsSrcToDest`,
    string: `AclGroup AclRule AzureRegion ConnectingVnets ConnectionName ConnectionType Country DestApplicationGateway
      DestExpressRouteCircuit DestIp DestLoadBalancer DestLocalNetworkGateway DestNic DestPublicIps DestRegion
      DestSubnet DestSubscription DestVm ExpressRouteCircuitPeeringType FaSchemaVersion FlowDirection FlowEncryption
      FlowLogResourceId FlowStatus FlowType L4Protocol L7Protocol MacAddress NsgList NsgRule NsgRuleType
      PrivateEndpointResourceId PrivateLinkResourceId PrivateLinkResourceName SrcApplicationGateway
      SrcExpressRouteCircuit SrcIp SrcLoadBalancer SrcLocalNetworkGateway SrcNic SrcPublicIps SrcRegion SrcSubnet
      SrcSubscription SrcVm Status SubType TargetResourceId TargetResourceType`,
  }),
  NTATopologyDetails: together(unowned, {
    bool: `AllowForwardedTraffic AllowGatewayTransit AllowVirtualNetworkAccess BgpEnabled EnableIpForwarding
      EncryptionEnabled FloatingIpEnabled IsFlowEnabled IsVirtualAppliance UseRemoteGateways VnetEncryptionSupported`,
    datetime: "TimeProcessed",
    int: "BackendPort FrontendPort Priority RoutingWeight VlanId Weight",
    long: `AzureAsn EgressBytesTransferred IngressBytesTransferred PeerAsn PrimaryBytesIn PrimaryBytesOut
      SecondaryBytesIn SecondaryBytesOut`,
    string: `Access AddressPrefixes AppGatewayType ApplicationGatewayBackendPools AzureResourceType BackendAddressPool
      BackendIpAddress BackendSubnets CircuitProvisioningState ComponentType ConnectionStatus ConnectionType Description
      DestinationAddressPrefix DestinationPortRange Direction DiscoveryRegion EncryptionEnforcement
      FlowLogStorageAccount FrontendIpAddress FrontendIps FrontendSubnet FrontendSubnets GatewayConnectionType
      GatewaySubnet GatewayType IpAddress LoadBalancerBackendPools LoadBalancerType LocalNetworkGateway LocalPreference
      MacAddress Name Network NextHopIp NextHopType Nsg Path Peer PeeringType PrimaryAzurePort PrimaryNextHop
      PrimaryPeerAddressPrefix PrivateEndpointResourceId PrivateFrontendIps PrivateIpAddresses PrivateLinkResourceId
      Protocol PublicFrontendIps PublicIpAddresses Region RouteTable RuleType SchemaVersion SecondaryAzurePort
      SecondaryNextHop SecondaryPeerAddressPrefix ServiceProviderProperties ServiceProviderProvisioningState Sku
      SkuDetail SourceAddressPrefix SourcePortRange State Status SubType Subnet1 Subnet2 SubnetPrefixes SubnetRegion1
      SubnetRegion2 Subnetwork Subscription SubscriptionName Tags TopologyVersion VipAddress VirtualAppliances
      VirtualMachine VirtualNetwork1 VirtualNetwork2 VirtualNetworkGateway1 VirtualNetworkGateway2 VirtualSubnetwork
      VmssName VpnClientAddressPrefixes Zones`,
  }),
  MNFDeviceUpdates: fabricUpdate,
  MNFSystemSessionHistoryUpdates: together(record, {
    long: "DiffTimeStamp GnmiTimeStamp SessionUpdateSize SessionUpdateTimeStamp",
    string: "DeviceId DeviceName EventCategory FabricId SessionDiffs SessionUpdateSessionId SessionUpdateUser",
  }),
  MNFSystemStateMessageUpdates: fabricUpdate,
  MicrosoftAzureBastionAuditLogs: together(record, {
    datetime: "SessionStartTime Time",
    int: "ClientPort Duration",
    string: `ClientIpAddress Location Message OperationName Protocol ResourceType SessionEndTime TargetResourceId
      TargetVMIPAddress TunnelId UserAgent UserEmail UserName`,
  }),
};
