"""The pages behind the links in letters: the candidate's and the interviewer's, phones first."""
