package checks

// Catalogue is every check there is, in alphabetical order of id. It is the
// one place that repeats the fact that a check exists.
func Catalogue() []*Check {
	return []*Check{
		&cpAddressChangeAfterOffer,
		&cpAddressNotOnId,
		&cpAddressReuse,
		&cpContactChurn,
		&cpEmailBurnerInfrastructure,
		&cpEmailDisposable,
		&cpEmailLookalikeEmployer,
		&cpPhoneLocationMismatch,
		&cpPhoneVoip,
		&cpTimezoneHeader,
		&cvContactOnOtherName,
		&cvCrossSourceInconsistency,
		&cvFileDuplicate,
		&cvFileMetadata,
		&cvImplausibleBreadth,
		&cvIndicatorMatch,
		&cvNearDuplicate,
		&cvTechAnachronism,
		&cvTimelineContradiction,
		&devSerialReadback,
		&devSharedAcrossIdentities,
		&devTimezoneLocaleMismatch,
		&docExpiredOrNotCurrent,
		&docFormatByIssuer,
		&docIdentityVictimReport,
		&docImageEditTrace,
		&docImageOnly,
		&docImageQualityFloor,
		&docImageReuse,
		&docMrzCheckDigits,
		&docMrzVisualFormMismatch,
		&docNumberReuse,
		&docPortraitVsPerson,
		&docReverificationDrift,
		&docTaxidChecks,
		&epRmmUnapproved,
		&extWalletScreen,
		&insReverificationRefused,
		&intCameraUnavailable,
		&intCvKnowledgeGap,
		&intDisplayIdentitySlip,
		&intFaceContinuity,
		&intInPersonAvoidance,
		&intLivenessChallenge,
		&intVideoDropsAfterStart,
		&linkAccountSubstitution,
		&linkAnswerReuse,
		&linkContactReuse,
		&linkCvCluster,
		&linkEmployerRefereeConstellation,
		&linkFragmentedRecord,
		&linkHardIdentifier,
		&linkReferralChain,
		&linkReturnUnderNewIdentity,
		&netAnonymizer,
		&netImpossibleTravel,
		&netIpSharedAcrossIdentities,
		&netIpVsClaimedLocation,
		&netManyIpsOneAccount,
		&netVpnNamedService,
		&payAccountChanges,
		&payAccountShared,
		&payHolderNameMismatch,
		&payIbanStructure,
		&paySanctionsScreen,
		&payThirdPartyPayee,
		&payWalletListed,
		&payWalletReuse,
		&refAllFreemail,
		&refCircular,
		&refContactIndependence,
		&refDefenceClaims,
		&refDomainSuspicious,
		&refRefereeIsApplicant,
		&refSameOriginAsApplicant,
		&refTextDuplicate,
	}
}

// Find is the check with an id, nil if there is none.
func Find(id string) *Check {
	for _, c := range Catalogue() {
		if c.ID == id {
			return c
		}
	}
	return nil
}
