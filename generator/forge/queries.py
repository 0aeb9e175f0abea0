"""What is asked of GitHub by GraphQL: things that REST does not tell."""

from __future__ import annotations

__all__ = ["AUTHORS", "DISMISSALS", "REVIEWS"]

_WHO = """
fragment Who on Actor {
  __typename
  login
  ... on User { databaseId }
  ... on Bot { databaseId }
  ... on Mannequin { databaseId }
  ... on Organization { databaseId }
}
"""

# When a review's body was last edited; and who proposed text as a suggestion.
REVIEWS = (
    """
query Reviews($owner: String!, $name: String!, $number: Int!, $after: String) {
  repository(owner: $owner, name: $name, followRenames: false) {
    pullRequest(number: $number) {
      connection: reviews(first: 100, after: $after) {
        totalCount
        pageInfo { hasNextPage endCursor }
        nodes {
          fullDatabaseId
          lastEditedAt
          state
          comments(first: 50) { totalCount nodes { author { ...Who } path body } }
        }
      }
    }
  }
}
"""
    + _WHO
)

# Whom GitHub takes for the authors of each commit, co-authors included.
AUTHORS = """
query Authors($owner: String!, $name: String!, $number: Int!, $after: String) {
  repository(owner: $owner, name: $name, followRenames: false) {
    pullRequest(number: $number) {
      connection: commits(first: 100, after: $after) {
        totalCount
        pageInfo { hasNextPage endCursor }
        nodes {
          commit {
            oid
            authors(first: 50) { totalCount nodes { email user { databaseId login } } }
          }
        }
      }
    }
  }
}
"""

# Which state a dismissed review had, and who dismissed it.
DISMISSALS = (
    """
query Dismissals($owner: String!, $name: String!, $number: Int!, $after: String) {
  repository(owner: $owner, name: $name, followRenames: false) {
    pullRequest(number: $number) {
      connection: timelineItems(
        first: 100
        after: $after
        itemTypes: [REVIEW_DISMISSED_EVENT, HEAD_REF_FORCE_PUSHED_EVENT, BASE_REF_CHANGED_EVENT]
      ) {
        totalCount
        pageInfo { hasNextPage endCursor }
        nodes {
          __typename
          ... on ReviewDismissedEvent {
            createdAt
            previousReviewState
            actor { ...Who }
            review { fullDatabaseId }
          }
          ... on HeadRefForcePushedEvent { createdAt actor { ...Who } }
          ... on BaseRefChangedEvent { createdAt actor { ...Who } }
        }
      }
    }
  }
}
"""
    + _WHO
)
